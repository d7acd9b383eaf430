using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace Godot;

/// <summary>A server that is slower than its senders: nobody who sends is called silent, whoever is silent is found, and the lag is seen
/// from outside.</summary>
[Collection(nameof(Examples))]
public class LagTests
{
    const int Hosts = 20;

    static readonly TimeSpan Ttl = TimeSpan.FromSeconds(1.5), Beat = TimeSpan.FromMilliseconds(200);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transport.Tcp, false)]
    [InlineData(Transport.Tcp, true)]
    [InlineData(Transport.Unix, true)]
    [InlineData(Transport.Udp, true)]
    public async Task Behind_a_slow_reactor_the_living_are_not_silent_and_the_dead_are(Transport transport, bool together)
    {
        ConcurrentQueue<Event> expired = [];
        SlowStage.Switch slow = new();
        await using GodotServer server = Senders.OnLoopback(transport).Http("127.0.0.1:0")
            .React("beats", Reactor.Where("service", "beat").Expire(Ttl).Where(e => Keep(e, expired)))
            .React("slow", Reactor.Where("service", "load").Then(() => new SlowStage(slow)));
        await server.StartAsync(Stop);
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}"), Timeout = TimeSpan.FromSeconds(20) };

        // One socket that a flood and all hosts share, or one for each.
        using Sender flood = new(server.Connect(transport));
        List<Sender> hosts = [.. Enumerable.Range(0, Hosts).Select(_ => together ? flood : new Sender(server.Connect(transport)))];
        int living = Hosts;
        // The machine may let the sender itself stand still: then its hosts were silent.
        bool stood = false;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task sending = OwnThread.Run(() =>
        {
            Stopwatch watch = Stopwatch.StartNew();
            TimeSpan lastBeat = default;
            for (TimeSpan next = default; !end.IsCancellationRequested; next += TimeSpan.FromMilliseconds(50))
            {
                // 2,000 events a second; what did not fit goes as soon as there is room.
                if (together) flood.SendUntil(watch, next);
                if (watch.Elapsed < next) Thread.Sleep(next - watch.Elapsed);
                for (int i = 0; slow.IsOn && i < 100; i++) flood.Send(Line("load", "flood"));
                if (next.Ticks % Beat.Ticks != 0) continue;
                stood |= !slow.IsOn && watch.Elapsed - lastBeat > Ttl / 2;
                lastBeat = watch.Elapsed;
                for (int host = 0; host < Volatile.Read(ref living); host++) hosts[host].Send(Line("beat", $"h{host}"));
            }
        });

        await Task.Delay(4 * Ttl, Stop);
        Assert.False(sending.IsCompleted);
        Assert.Empty(expired);
        string health = await http.GetStringAsync("/healthz", Stop), metrics = await http.GetStringAsync("/metrics", Stop);
        Assert.StartsWith("ok\nlag ", health, StringComparison.Ordinal);
        Assert.InRange(Value(metrics, $"godot_lag_seconds{{input=\"{server.Inputs[0].Name}\"}}"), 0.5, 60);
        Assert.InRange(Value(metrics, "godot_unheard_seconds_total"), 1, 60);

        // The slow reactor is quick again: what waits is read, and the silence of the last host is one.
        slow.IsOn = false;
        await Eventually.True(() => !flood.KeepsSome && server.Run!.Engine.Backlogs.Lag() < TimeSpan.FromMilliseconds(100));
        Volatile.Write(ref living, Hosts - 1);
        await Eventually.True(() => !expired.IsEmpty);
        await Task.Delay(2 * Ttl, Stop);
        Event[] silent = [.. expired];
        Assert.Equal("ok\n", await http.GetStringAsync("/healthz", Stop));
        await end.CancelAsync();
        await sending;
        hosts.ForEach(host => host.Dispose());

        Assert.Contains(silent, e => e.Host == $"h{Hosts - 1}");
        if (!stood) Assert.Single(silent);
    }

    static bool Keep(EventView e, ConcurrentQueue<Event> kept)
    {
        kept.Enqueue(e.ToEvent());
        return true;
    }

    static string Line(string service, string host) =>
        $$"""{"host":"{{host}}","service":"{{service}}","metric":1,"description":"as long as events are that people send"}""" + "\n";

    static double Value(string metrics, string name)
    {
        string line = metrics.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sends without waiting, as a program does that keeps what does not fit: later, in order, as soon as there is room. (One that
    /// waited longer than the hosts' ttl would make them silent itself: a unix socket has room for some 280 lines at a time.)</summary>
    sealed class Sender : IDisposable
    {
        readonly Socket socket;
        readonly Queue<ReadOnlyMemory<byte>> waiting = new();

        // Of the first, the end that did not fit.
        ReadOnlyMemory<byte> rest;
        volatile bool keepsSome;

        public bool KeepsSome => keepsSome;

        public Sender(Socket socket)
        {
            this.socket = socket;
            socket.Blocking = false;
        }

        public void Send(string line)
        {
            waiting.Enqueue(System.Text.Encoding.UTF8.GetBytes(line));
            Send();
        }

        /// <summary>What is kept, as far as there is room until then.</summary>
        public void SendUntil(Stopwatch watch, TimeSpan end)
        {
            while (keepsSome && end - watch.Elapsed is { Ticks: > 0 } left)
            {
                if (socket.Poll(left, SelectMode.SelectWrite)) Send();
            }
        }

        void Send()
        {
            while (!rest.IsEmpty || waiting.TryDequeue(out rest))
            {
                int sent = socket.Send(rest.Span, SocketFlags.None, out SocketError error);
                keepsSome = error != SocketError.Success;
                if (keepsSome) return;
                rest = rest[sent..];
            }
        }

        public void Dispose() => socket.Dispose();
    }

    /// <summary>Takes 10 ms for each event, until it is switched off.</summary>
    sealed class SlowStage(SlowStage.Switch slow) : Stage
    {
        public override void On(EventView e)
        {
            if (slow.IsOn) Thread.Sleep(10);
        }

        public sealed class Switch
        {
            volatile bool on = true;

            public bool IsOn { get => on; set => on = value; }
        }
    }
}
