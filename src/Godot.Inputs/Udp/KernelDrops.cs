using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Godot;

/// <summary>
/// How many datagrams the kernel dropped for one socket because its receive buffer was full. Linux tells; elsewhere the answer is 0.
/// </summary>
sealed class KernelDrops(Socket socket)
{
    // getsockopt(SOL_SOCKET, SO_MEMINFO) fills an array of nine 32-bit numbers; the last is SK_MEMINFO_DROPS (linux/sock_diag.h).
    const int SolSocket = 1, SoMemInfo = 55, Numbers = 9;

    readonly Lock gate = new();
    long total;
    uint last;

    public long Read()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        Span<byte> bytes = stackalloc byte[Numbers * sizeof(uint)];
        lock (gate)
        {
            try
            {
                if (socket.GetRawSocketOption(SolSocket, SoMemInfo, bytes) == bytes.Length)
                {
                    // The kernel's count is 32 bits and wraps.
                    uint now = MemoryMarshal.Cast<byte, uint>(bytes)[Numbers - 1];
                    total += unchecked(now - last);
                    last = now;
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // An old kernel, or the socket is closed: what was read last stands.
            }
            return total;
        }
    }
}
