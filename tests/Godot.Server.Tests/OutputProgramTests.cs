using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Godot;

/// <summary>A real server program whose standard output nobody reads, whose disk is full, and that is killed while it writes.</summary>
public sealed class OutputProgramTests : IDisposable
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    readonly TemporaryFolder folder = new();
    readonly int port = Some.FreePort(), http = Some.FreePort();

    DirectoryInfo Mails => new(Path.Join(folder.Path, "mail"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_output_that_nobody_reads_stops_neither_the_intake_nor_mails_nor_the_stop()
    {
        using Process program = Start("");
        using Socket socket = await Connect();
        // What a pipe holds, what may wait in the program, and more: after that, whoever wrote it himself would stand still.
        const int Printed = 30_000, Mailed = 20;
        string printed = $$"""{"service":"printed","description":"{{new string('x', 200)}}"}""" + "\n";
        for (int i = 0; i < Printed; i += 1000) socket.Send(string.Concat(Enumerable.Repeat(printed, 1000)) + "nonsense\n");
        for (int i = 0; i < Mailed; i++) socket.Send("""{"service":"mail"}""" + "\n");

        await Metric("godot_events_received_total", Printed + Mailed);
        await Eventually.True(() => Mails.GetFiles("*.eml").Length == Mailed);
        Assert.Equal("ok\n", await Get("healthz"));
        string metrics = await Get("metrics");
        Assert.Contains("godot_outputs_pending{output=\"console\"} 10000\n", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("godot_outputs_dropped_total{output=\"console\"} 0\n", metrics, StringComparison.Ordinal);

        Stopwatch took = Stopwatch.StartNew();
        Assert.Equal(0, Signals.Send(program.Id, Signal.Terminate));
        await program.WaitForExitAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        // Two moments of a second; what a busy machine takes comes on top.
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        // Lines were lost that a Console was to print.
        Assert.Equal(1, program.ExitCode);
    }

    [Fact]
    public async Task An_output_that_is_read_again_says_all_that_waited_and_ends_with_0()
    {
        using Process program = Start("");
        using Socket socket = await Connect();
        const int Printed = 5000;
        string text = new('x', 200);
        foreach (int i in Enumerable.Range(0, Printed))
            socket.Send($$"""{"service":"printed","metric":{{i}},"description":"{{text}}"}""" + "\n");
        await Metric("godot_events_received_total", Printed);

        Task<string> read = program.StandardOutput.ReadToEndAsync(Cancelled);
        await Metric("godot_outputs_sent_total{output=\"console\"}", Printed);
        Assert.Equal(0, Signals.Send(program.Id, Signal.Terminate));
        await program.WaitForExitAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(0, program.ExitCode);
        string[] lines = (await read).Split('\n');
        string[] printed = [.. lines.Where(line => line.Contains(" printed - ", StringComparison.Ordinal))];
        Assert.Equal(Enumerable.Range(0, Printed).Select(i => $"{i}"), printed.Select(line => line.Split(" printed - ")[1].Split(' ')[0]));
        Assert.Contains("Stopped: 5000 events received", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_full_disk_no_mail_is_half_written_and_an_exit_that_lost_some_is_not_0()
    {
        // No file of the program's may be longer than a kilobyte, which is what a disk looks like that is full.
        // What is kept for the next start is not lost, so nothing is.
        using Process program = Start("trap '' XFSZ; ulimit -f 1; export DOTNET_EnableWriteXorExecute=0;", "--data", "none");
        Task<string> read = program.StandardOutput.ReadToEndAsync(Cancelled);
        using Socket socket = await Connect();
        string text = new('x', 2000);
        for (int i = 0; i < 24; i++) socket.Send($$"""{"service":"mail","host":"{{i}}","description":"{{text}}"}""" + "\n");
        await Metric("godot_events_received_total", 24);
        await Metric("godot_outputs_pending{output=\"email\"}", 24);

        Assert.Equal(0, Signals.Send(program.Id, Signal.Terminate));
        await program.WaitForExitAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(1, program.ExitCode);
        Assert.Empty(Mails.GetFileSystemInfos());
        string said = await read;
        Assert.Contains("They could not be saved either and are lost, the first of them  mail on 0: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whenever_it_is_killed_each_mail_is_whole()
    {
        Random random = new(1);
        for (int round = 0; round < 8; round++)
        {
            using Process program = Start("");
            Task<string> read = program.StandardOutput.ReadToEndAsync(Cancelled);
            using Socket socket = await Connect();
            int before = Mails.GetFiles("*.eml").Length, more = random.Next(1, 40);
            socket.Send(string.Concat(Enumerable.Repeat($$"""{"service":"mail","description":"{{new string('x', 1500)}}"}""" + "\n", 300)));
            await Eventually.True(() => Mails.GetFiles("*.eml").Length >= before + more);
            Signals.Send(program.Id, Signal.Kill);
            await program.WaitForExitAsync(Cancelled);
            await read;
        }
        Assert.All(Mails.GetFiles("*.eml"), file =>
        {
            using MimeMessage mail = MimeMessage.Load(file.FullName, Cancelled);
            Assert.EndsWith("</html>\n", mail.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        });
    }

    Process Start(string prepared, params string[] more)
    {
        string command = $"cd '{folder.Path}'; {prepared} unset GODOT_SMTP; export GODOT_TEST_OUTPUTS=1; exec dotnet \"$0\" \"$@\"";
        string program = Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll");
        string[] words = ["-c", command, program, $"{port}", Path.Join(folder.Path, "s"), "--http", $"127.0.0.1:{http}", .. more];
        return Process.Start(new ProcessStartInfo("bash", words) { RedirectStandardOutput = true })!;
    }

    async Task<Socket> Connect()
    {
        Socket? connected = null;
        await Eventually.True(() =>
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                connected = socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
            return connected is not null;
        });
        return connected!;
    }

    async Task<string> Get(string page)
    {
        using HttpClient client = new();
        return await client.GetStringAsync(new Uri($"http://127.0.0.1:{http}/{page}"), Cancelled);
    }

    async Task Metric(string name, int value)
    {
        Stopwatch waited = Stopwatch.StartNew();
        double last = -1;
        while (last != value && waited.Elapsed < TimeSpan.FromSeconds(60))
        {
            last = (await Get("metrics")).Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))
                .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
            await Task.Delay(5, Cancelled);
        }
        Assert.Equal(value, last);
    }
}
