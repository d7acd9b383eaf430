using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Godot.Alerting;
using Godot.Storage;
using MimeKit;

namespace Godot;

/// <summary>
/// A real program whose incidents open and end is killed at random moments, while its mail server drops, defers, answers late and dies with
/// the mail. <c>GODOT_ROUNDS</c> says how many rounds; by default as many as 45 seconds have room for.
/// </summary>
[Collection(nameof(Examples))]
public sealed partial class KilledWhileMailingTests : IDisposable
{
    const int Hosts = 12;

    static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(45);

    readonly TemporaryFolder folder = new();
    readonly int port = Some.FreePort();
    readonly Random random = new(14);
    readonly SmtpSink sink = new(14);

    public void Dispose()
    {
        sink.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Whatever_was_decided_arrives_and_twice_only_where_the_ledger_says_that_an_answer_was_lost()
    {
        int? asked = int.TryParse(Environment.GetEnvironmentVariable("GODOT_ROUNDS"), CultureInfo.InvariantCulture, out int given)
            ? given : null;
        Stopwatch took = Stopwatch.StartNew();
        int rounds = 0;
        for (; asked is { } all ? rounds < all : took.Elapsed < LongestTime; rounds++)
        {
            using Child program = await Start();
            int round = rounds;
            Task beating = Task.Run(() => Send(round, TimeSpan.FromMilliseconds(25)), TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(200, 2800), TestContext.Current.CancellationToken);
            program.Send(Signal.Kill);
            await program.Exit();
            await beating;
        }

        sink.IsWell = true;
        using (Child last = await Start())
        {
            for (int round = 0; round < rounds; round++) Send(round, pause: TimeSpan.Zero, isOver: true);
            int before;
            do
            {
                before = sink.Mails.Count;
                await Task.Delay(3000, TestContext.Current.CancellationToken);
            }
            while (sink.Mails.Count > before);
            last.Send(Signal.Terminate);
            Assert.Equal(0, await last.Exit());
        }
        using SqliteStore store = new(Path.Join(folder.Path, "kept"), new StoreOptions());
        Assert.Empty(store.Outbox());
        Check(store.Ledger(new() { Limit = int.MaxValue }));
    }

    void Check(IReadOnlyList<LedgerLine> ledger)
    {
        Assert.NotEmpty(sink.Mails);
        List<(string What, string Host)>[] mails = [.. sink.Mails.Select(mail => Told(mail).ToList())];
        // One that is over before anybody was told is told to nobody.
        foreach (var decided in ledger.Where(line => line.Incident is not null).GroupBy(line => line.Name!)
            .Where(its => its.Any(line => line.What.StartsWith("told: opened", StringComparison.Ordinal))))
        {
            string host = decided.Key["cpu ".Length..];
            int opened = Array.FindIndex(mails, mail => mail.Exists(one => one.Host == host && one.What is not "resolved"));
            int resolved = Array.FindIndex(mails, mail => mail.Exists(one => one.Host == host && one.What is not "opened"));
            string story = $"{host}: {opened}, {resolved}\n{string.Join('\n', decided)}";
            Assert.True(opened >= 0, story);
            Assert.True(resolved >= opened && decided.Any(line => line.What.StartsWith("told: resolved", StringComparison.Ordinal)), story);
        }
        int twice = 0;
        foreach (var same in sink.Mails.GroupBy(mail => mail.MessageId).Where(same => same.Count() > 1))
        {
            string[] hosts = [.. Told(same.First()).Select(one => one.Host)];
            int again = ledger.Count(line => line.What == "sent again" && line.Name == $"cpu {hosts[0]}");
            Assert.True(again >= same.Count() - 1, $"{same.Key} came {same.Count()} times, and was sent again {again} times.");
            Assert.Single(same.Select(mail => mail.ToString()).Distinct());
            twice++;
        }
        TestContext.Current.SendDiagnosticMessage("{0} mails, {1} more than once, {2} incidents", sink.Mails.Count, twice,
            ledger.Count(line => line.What.StartsWith("opened", StringComparison.Ordinal)));
    }

    static IEnumerable<(string What, string Host)> Told(MimeMessage mail) =>
        Titles().Matches(mail.TextBody!).Select(title => (title.Groups[1].Value, title.Groups[2].Value));

    [GeneratedRegex("(opened and resolved|opened|resolved)[^\n]* critical cpu (r[0-9]+h[0-9]+)")]
    private static partial Regex Titles();

    async Task<Child> Start()
    {
        Child program = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"), $"{port}",
            Path.Join(folder.Path, "s"), "--data", Path.Join(folder.Path, "kept")], folder.Path, "GODOT_TEST_MAILS", $"{sink.Port}");
        await program.Says("Listening on unix:");
        return program;
    }

    // Each host is in trouble, and well again a few moments later.
    void Send(int round, TimeSpan pause, bool isOver = false)
    {
        try
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            for (int host = 0; host < Hosts + 3; host++)
            {
                if (!isOver && host < Hosts) Say(socket, round, host, "critical");
                if (host >= 3) Say(socket, round, host - 3, "ok");
                Thread.Sleep(pause);
            }
        }
        // The program is killed while it is sent to.
        catch (SocketException) when (!isOver)
        {
        }
    }

    static void Say(Socket socket, int round, int host, string state) =>
        socket.Send(Encoding.UTF8.GetBytes($$"""{"host":"r{{round}}h{{host}}","service":"cpu","state":"{{state}}"}""" + "\n"));
}
