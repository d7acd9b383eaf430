using System.Runtime.CompilerServices;
using System.Text;
using Godot.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>
/// Has the runtime compile what every event passes, before the first one comes: for its first tenths of a second it runs code that was
/// compiled in haste, several times slower, and a sender of datagrams does not wait for that.
/// </summary>
static class WarmUp
{
    // The runtime compiles anew, and well, what was called 30 times, when nothing new was called for a tenth of a second; that takes
    // another one.
    static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(300);

    static readonly Lazy<Task> once = new(() => RunAsync(Enough));

    /// <summary>
    /// Runs made-up events through an engine of its own, once in a process. Code that was compiled ahead of time needs none.
    /// </summary>
    public static Task OnceAsync() => RuntimeFeature.IsDynamicCodeCompiled ? once.Value : Task.CompletedTask;

    /// <summary>The same for so long; returns what it counted.</summary>
    public static async Task<InputCounters> RunAsync(TimeSpan time)
    {
        UdpInput input = new(BindAddress.Parse("udp", 0, "127.0.0.1", null), JsonLines.New);
        Engine engine = new();
        await using (engine.ConfigureAwait(false))
        {
            engine.Add(Reactor.Where("service", "warm/*").Ewma(alpha: 0.5).Over(50));
            engine.Add(Reactor.Where("state", "ok").By("service", r => r.Change("state").Expire(TimeSpan.FromMinutes(1))));
            await OwnThread.Run(() => Feed(engine, input, time)).ConfigureAwait(false);
        }
        return input.Counters;
    }

    static void Feed(Engine engine, UdpInput input, TimeSpan time)
    {
        TimeProvider clock = engine.TimeProvider;
        NullLogger log = NullLogger.Instance;
        InputOptions options = new()
        {
            IdleTimeout = Timeout.InfiniteTimeSpan,
            StopTimeout = TimeSpan.Zero,
            UdpQueueBytes = 0,
            UdpReceiveBufferBytes = 0,
            IsThisMachine = _ => true,
        };
        InputContext context = new(
            options,
            new ReaderSlots(engine, options),
            new ConnectionLimit(1, clock),
            new UnfinishedLines(long.MaxValue),
            log,
            CancellationToken.None,
            CancellationToken.None);
        input.Share(context);
        SlotFeed feed = new(input);
        feed.Enter(context.ReaderSlots.New());
        DatagramQueue queue = new(128 * 1024);
        byte[][] datagrams = [.. Enumerable.Range(0, 256).Select(Datagram)];
        long start = clock.GetTimestamp();
        do
        {
            foreach (byte[] datagram in datagrams) queue.TryWrite(datagram);
            feed.Take(queue.Read(feed.FreeForDatagrams.Span));
        }
        while (clock.GetElapsedTime(start) < time);
    }

    static byte[] Datagram(int number) => Encoding.UTF8.GetBytes(
        $$"""{"host":"host{{number}}","service":"warm/{{number % 20}}","state":"ok","time":1735689600.283,"description":"made up","tags":["a","b"],"meta":{"build":17},"metric":{{number}}.5,"ttl":22.5}""");
}
