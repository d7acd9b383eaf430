using Godot.Runtime;

namespace Godot;

/// <summary>
/// Between a UDP socket and the engine: a ring of datagrams that one thread fills and another empties. What does not fit is refused, whole.
/// </summary>
/// <param name="capacity">In bytes; each datagram takes two more than it has, for its length.</param>
/// <param name="backlog">Since when what is in it waits.</param>
sealed class DatagramQueue(int capacity, Backlog? backlog = null)
{
    /// <summary>What a datagram takes beside its own bytes.</summary>
    public const int Header = sizeof(ushort);

    const int MostAtOnce = 1024;

    readonly byte[] bytes = new byte[capacity];
    readonly int[] lengths = new int[MostAtOnce];
    readonly object gate = new();
    int start, used;
    bool completed;

    /// <summary>False: there is no room.</summary>
    public bool TryWrite(ReadOnlySpan<byte> datagram)
    {
        lock (gate)
        {
            if (capacity - used < Header + datagram.Length) return false;
            if (used == 0)
            {
                backlog?.Arrived();
                Monitor.Pulse(gate);
            }
            int end = Around(start + used);
            bytes[end] = (byte)datagram.Length;
            bytes[Around(end + 1)] = (byte)(datagram.Length >> 8);
            end = Around(end + Header);
            int first = Math.Min(datagram.Length, capacity - end);
            datagram[..first].CopyTo(bytes.AsSpan(end));
            datagram[first..].CopyTo(bytes);
            used += Header + datagram.Length;
            return true;
        }
    }

    /// <summary>Nothing more will be written.</summary>
    public void Complete()
    {
        lock (gate)
        {
            completed = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Takes the datagrams that are there, as far as there is room for them, and waits until one is.</summary>
    /// <param name="into">Room for the longest one, and more: a byte to spare is left behind each.</param>
    /// <returns>Their lengths, until the next call; none: nothing will come any more.</returns>
    public ReadOnlySpan<int> Read(Span<byte> into)
    {
        lock (gate)
        {
            if (used == 0) backlog?.Clear();
            while (used == 0 && !completed) Monitor.Wait(gate);
            backlog?.Reading();
            int count = 0, before = used;
            while (used > 0 && count < MostAtOnce)
            {
                int length = bytes[start] | bytes[Around(start + 1)] << 8;
                if (into.Length <= length) break;
                int from = Around(start + Header), first = Math.Min(length, capacity - from);
                bytes.AsSpan(from, first).CopyTo(into);
                bytes.AsSpan(0, length - first).CopyTo(into[first..]);
                into = into[(length + 1)..];
                start = Around(from + length);
                used -= Header + length;
                lengths[count++] = length;
            }
            backlog?.Received(before - used, used);
            return lengths.AsSpan(0, count);
        }
    }

    int Around(int at) => at < capacity ? at : at - capacity;
}
