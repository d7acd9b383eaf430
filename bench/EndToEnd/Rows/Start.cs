using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Godot.Bench;

/// <summary>
/// From the start of the process until the example's port takes a connection, and what is resident two seconds later: published native, and
/// for the JIT.
/// </summary>
sealed class Start : Row
{
    static readonly IPEndPoint Port = new(IPAddress.Loopback, 9876);

    public override string Name => "start";

    // Publishing takes longer than the smoke may.
    public override bool InSmoke => false;

    public override async Task MeasureAsync(Bench bench)
    {
        await MeasureAsync(bench, "native", bench.Files.NativeServer, milliseconds: 20, megabytes: 20);
        await MeasureAsync(bench, "JIT", bench.Files.JitServer, milliseconds: 250, megabytes: 60);
    }

    static async Task MeasureAsync(Bench bench, string kind, string program, double milliseconds, double megabytes)
    {
        Samples start = new(), resident = new();
        // The first brings the files into memory.
        await StartAsync(program);
        for (int run = 0; run < bench.Runs; run++)
        {
            (double took, double bytes) = await StartAsync(program);
            start.Add(took);
            resident.Add(bytes / 1e6);
        }
        bench.Add(new Figure($"examples/server.cs, {kind}: start to listening", "ms", start) { Target = Bound.NoMoreThan(milliseconds) });
        bench.Add(new Figure($"examples/server.cs, {kind}: resident when idle", "MB", resident) { Target = Bound.NoMoreThan(megabytes) });
    }

    static async Task<(double Milliseconds, long Resident)> StartAsync(string program)
    {
        if (Connects()) throw new InvalidOperationException($"{Port} is in use: the example cannot be started.");
        long began = Stopwatch.GetTimestamp();
        using Child server = Child.Start(program);
        while (!Connects()) Thread.Sleep(1);
        double took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await Task.Delay(TimeSpan.FromSeconds(2));
        long resident = server.Resident;
        server.Kill();
        return (took, resident);
    }

    static bool Connects()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(Port);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
