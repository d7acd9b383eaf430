using System.Diagnostics;

namespace Godot.Bench;

/// <summary>
/// UDP: one event a datagram at 200,000 a second, to a server that has only just begun to listen; and as many events a second as it takes
/// when a datagram carries as many whole lines as fit into 8 KiB.
/// </summary>
sealed class Datagrams : Row
{
    const int Paced = 200_000, Packed = 1_250_000;

    static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    public override string Name => "udp";

    public override async Task MeasureAsync(Bench bench)
    {
        Samples lost = new(), packed = new(), packedLost = new();
        string corpus = Corpora.Fleet(bench.Files);
        for (int run = 0; run < bench.Runs; run++)
        {
            (_, double single) =
                await SendAsync(bench, corpus, bench.Sized(1_000_000, 20_000), warmUp: 0, "-e", "1", "-r",
                    bench.Sized($"{Paced}", "10000"));
            lost.Add(single);
            (double perSecond, double missing) =
                await SendAsync(bench, corpus, bench.Sized(4_000_000, 100_000), bench.Sized(1_000_000, 0), "-w", "8192", "-r",
                    bench.Sized($"{Packed}", "50000"));
            packed.Add(perSecond / 1e6);
            packedLost.Add(missing);
        }
        bench.Add(new Figure("UDP, one event a datagram, 200 k/s from a cold start: events lost of 1,000,000", "events",
            lost) { Target = Bound.NoMoreThan(0), NoExceptions = true });
        bench.Add(new Figure("UDP, datagrams of 8 KiB, sent at 1.25 M events/s: received", "M events/s",
            packed) { Target = Bound.AtLeast(1) });
        bench.Add(new Figure("of these lost, of 4,000,000", "events", packedLost));
    }

    static async Task<(double PerSecond, double Lost)> SendAsync(Bench bench, string corpus, long events, long warmUp,
        params string[] options)
    {
        using Server server = new("cpu", "udp");
        if (warmUp > 0)
        {
            Generator.Send(bench.Files, "udp", server.Port, corpus, warmUp, options);
            await SettleAsync(server, warmUp);
        }
        double before = server.Received, droppedBefore = server.Dropped;
        Reading sent = Generator.Send(bench.Files, "udp", server.Port, corpus, events, options);
        TimeSpan draining = await SettleAsync(server, warmUp + events);
        double received = server.Received - before, dropped = server.Dropped - droppedBefore;
        // The kernel counts datagrams, which is the same where each carries one event.
        if (options.Contains("-e")) bench.Check("udp: what was not received was counted as dropped", events, received + dropped);
        else bench.Check("udp: nothing is missing that was not counted as dropped", received == events
            || dropped > 0, $"received {received} of {events}, dropped {dropped}");
        return (received / (sent["seconds"] + draining.TotalSeconds), events - received);
    }

    /// <summary>Waits until all has come or was counted as lost, or nothing has come for two seconds; returns when the last came.</summary>
    static async Task<TimeSpan> SettleAsync(Server server, long events)
    {
        long began = Stopwatch.GetTimestamp(), moved = began;
        for (double last = -1; Stopwatch.GetElapsedTime(moved) < Silence; await Task.Delay(50))
        {
            double received = server.Received;
            if (received != last) (last, moved) = (received, Stopwatch.GetTimestamp());
            if (received + server.Dropped >= events) break;
        }
        return Stopwatch.GetElapsedTime(began, moved);
    }
}
