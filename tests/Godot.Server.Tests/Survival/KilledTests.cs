using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>
/// A real program under load is stopped and killed at random moments, round after round: it goes on from what it knew. GODOT_ROUNDS says
/// how many rounds; by default as many as 45 seconds have room for.
/// </summary>
[Collection(nameof(Examples))]
public sealed class KilledTests : IDisposable
{
    const int Hosts = 50;

    static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(45);

    readonly TemporaryFolder folder = new();
    readonly int port = Some.FreePort();
    readonly Random random = new(14);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Who_was_alive_and_is_silent_is_told_once_who_lives_is_not_and_figures_go_on()
    {
        int? rounds = int.TryParse(Environment.GetEnvironmentVariable("GODOT_ROUNDS"), CultureInfo.InvariantCulture, out int asked)
            ? asked : null;
        Stopwatch took = Stopwatch.StartNew();
        (int dead, int total) = (-1, 0);
        Signal ended = Signal.Terminate;
        for (int round = 0; rounds is { } all ? round < all : took.Elapsed < LongestTime; round++)
        {
            using Child program = await Start();
            using Beats beats = new(port, alive: host => host != Volatile.Read(ref dead));
            Assert.Equal("", program.Error);
            if (dead >= 0)
            {
                await program.Says($"silent h{dead}\n");
                // Whoever else is silent would be told at the same time.
                Assert.Equal([$"silent h{dead}"], Said(program, "silent "));
            }

            int next = (Math.Max(dead, 0) + random.Next(1, Hosts)) % Hosts;
            beats.Send("""{"service":"total","metric":1}""");
            await program.Says("\ntotal ");
            int now = int.Parse(Assert.Single(Said(program, "total "))["total ".Length..], CultureInfo.InvariantCulture);
            // What was decided within a tenth of a second before it was killed may be in no snapshot.
            Assert.InRange(now, ended == Signal.Terminate ? total + 1 : total, total + 1);
            (total, dead) = (now, next);
            await beats.Everyone(random.Next(300));

            ended = random.Next(2) == 0 ? Signal.Kill : Signal.Terminate;
            if (round == 0) ended = Signal.Terminate;
            program.Send(ended);
            beats.End();
            int code = await program.Exit();
            if (ended == Signal.Terminate) Assert.Equal(0, code);
        }
        TestContext.Current.SendDiagnosticMessage("{0} rounds in {1}", total, took.Elapsed);
        Assert.InRange(total, 2, int.MaxValue);
    }

    async Task<Child> Start()
    {
        Child program = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"), $"{port}",
            Path.Join(folder.Path, "s"), "--http", "none"], folder.Path, variable: "GODOT_TEST_SURVIVAL");
        await program.Says("Listening on unix:");
        return program;
    }

    // Console prints whole lines, each by itself.
    static string[] Said(Child program, string what) =>
        [.. program.Lines.Where(line => line.StartsWith(what, StringComparison.Ordinal))];

    /// <summary>Hosts that beat, all over one connection, as fast as the server takes it, and as many other events.</summary>
    sealed class Beats : IDisposable
    {
        readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        readonly Lock gate = new();
        readonly Task sending;
        readonly Func<int, bool> alive;
        volatile bool ended;
        int turns;

        public Beats(int port, Func<int, bool> alive)
        {
            this.alive = alive;
            socket.Connect(IPAddress.Loopback, port);
            sending = Task.Run(Run);
        }

        /// <summary>Waits until those who live now have all beaten, and a while more.</summary>
        public async Task Everyone(int milliseconds)
        {
            int seen = turns;
            await Eventually.True(() => Volatile.Read(ref turns) >= seen + 2);
            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        }

        public void Send(string line)
        {
            lock (gate) socket.Send(line + "\n");
        }

        public void End() => ended = true;

        public void Dispose()
        {
            ended = true;
            socket.Dispose();
            sending.Wait();
        }

        void Run()
        {
            try
            {
                while (!ended)
                {
                    IEnumerable<string> beats = Enumerable.Range(0, Hosts).Where(alive)
                        .Select(host => $$"""{"host":"h{{host}}","service":"beat"}""");
                    for (int i = 0; i < 20; i++)
                        Send(string.Join('\n', beats.Concat(Enumerable.Range(0, 200).Select(load => $$"""{"service":"load{{load}}"}"""))));
                    Interlocked.Increment(ref turns);
                }
            }
            // The program ends while it is sent to.
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
