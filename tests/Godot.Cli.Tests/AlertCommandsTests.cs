using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Godot.Cli.Tests;

/// <summary>What the tool shows of incidents, and what it has a server do.</summary>
public sealed class AlertCommandsTests : IAsyncLifetime
{
    readonly GodotServer server = GodotServer.Tcp(0, "127.0.0.1").Http("127.0.0.1:0")
        .With(new() { Engine = new() { MaxNameLength = 65_536 } })
        .React("cpu", Reactor.Where("service", "cpu*").Alert(labels: [("team", "db")], owner: "ann", runbook: "https://host.com/cpu"));

    public async ValueTask InitializeAsync() => await server.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    async Task OpenAsync(string host, string service = "cpu")
    {
        int open = server.Incidents.Count;
        server.Run!.Engine.Feed(new Event { Host = host, Service = service, State = "critical" });
        for (int i = 0; i < 1000 && server.Incidents.Count == open; i++) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Equal(open + 1, server.Incidents.Count);
    }

    Task<Tool> AskAsync(params string[] args) => RunAsync(atTerminal: true, args);

    Task<Tool> RunAsync(bool atTerminal, params string[] args) =>
        Tool.RunAsync([.. args, "--server", $"{server.HttpEndPoint}"], atTerminal: atTerminal);

    static string[] Lines(Tool tool) => tool.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Incidents_are_a_table_in_which_names_of_strangers_do_no_harm()
    {
        Assert.Equal(new Tool(0, "", $"No incident is open.{Environment.NewLine}"), await AskAsync("incidents"));
        await OpenAsync("app\u001b[2J");
        await OpenAsync(new string('水', 15_000));
        await OpenAsync("\ud83d\u202e", "cpu\r\nfine");

        Tool table = await AskAsync("incidents"), json = await AskAsync("incidents", "--json"),
            one = await AskAsync("incidents", "--limit", "1");

        string[] lines = Lines(table);
        Assert.Equal(4, lines.Length);
        Assert.Matches("^SEVERITY  NAME +REACTOR  OPEN FOR +STATE  ACKNOWLEDGED  INCIDENT$", lines[0]);
        Assert.Matches(@"^critical  cpu app␛\[2J +cpu      \d+ s +bad    -             [0-9a-f]{32}$", lines[1]);
        Assert.Contains($"{new string('水', 53)}...", lines[2], StringComparison.Ordinal);
        Assert.Contains("cpu␍␊fine \ufffd\ufffd ", lines[3], StringComparison.Ordinal);
        Assert.Equal(server.Incidents.Select(incident => incident.Id), Lines(json).Select(line => (string)JsonNode.Parse(line)!["id"]!));
        Assert.DoesNotContain('\u001b', json.Output);
        Assert.Equal((2, $"The first 1 of 3; --limit shows more.{Environment.NewLine}"), (Lines(one).Length, one.Error));
    }

    [Fact]
    public async Task An_incident_is_acknowledged_looked_at_and_resolved()
    {
        await OpenAsync("app");
        string id = server.Incidents[0].Id;

        Tool acknowledged = await RunAsync(atTerminal: false, "ack", "cpu", "--for", "2h", "--note", "mine");
        Assert.Equal((0, ""), (acknowledged.Code, acknowledged.Error));
        Assert.Equal(id, (string)JsonNode.Parse(acknowledged.Output)!["id"]!);
        Assert.Equal((Environment.UserName, "mine"), (server.Incidents[0].Acknowledged!.By, server.Incidents[0].Acknowledged!.Note));
        Tool again = await AskAsync("ack", id, "--by", "bob", "--until", "2035-01-01");
        Assert.Contains("bob until 2035-01-01 00:00 UTC", Lines(again)[1], StringComparison.Ordinal);

        Tool story = await AskAsync("incidents", id);
        Assert.Matches(
            $"""
            ^critical cpu app, open for \d+ s, of cpu
              owner: ann
              what to do: https://host\.com/cpu
              team: db
              acknowledged by bob until 2035-01-01 00:00 UTC
              .*"state":"critical".*
              .* opened critical cpu app
              .* acknowledged cpu app \({Environment.UserName}: mine\)
              .* acknowledged cpu app \(bob\)
              nobody was told: its alert tells nobody.*
              next: 2035-01-01 00:00:00 UTC, cpu: no longer acknowledged
            $
            """.ReplaceLineEndings("\n"), story.Output.ReplaceLineEndings("\n"));

        Assert.Equal("resolved: critical cpu app", Assert.Single(Lines(await AskAsync("resolve", id, "--by", "ann"))));
        Tool gone = await AskAsync("resolve", id);
        Assert.Equal((1, ""), (gone.Code, gone.Output));
        Assert.StartsWith("No incident of this id is open", gone.Error, StringComparison.Ordinal);
        Assert.StartsWith("It is over.", (await AskAsync("incidents", id)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_is_tried_made_listed_and_ended()
    {
        await OpenAsync("app");
        await OpenAsync("db");

        Tool tried = await AskAsync("silence", "host = \"app\"", "--for", "2h", "--preview");
        Assert.StartsWith($"It would hush now 1 open incident.{Environment.NewLine}SEVERITY", tried.Output, StringComparison.Ordinal);
        Assert.Empty(server.Silences);
        Tool made = await AskAsync("silence", "team = \"db\"", "--for", "2h", "--reason", "new disk", "--by", "ann");
        Silence silence = Assert.Single(server.Silences);
        Assert.Matches($"^Silence {silence.Id}, until .* UTC, hushes now 2 open incidents\\.", made.Output);
        Assert.Matches($"^team = \"db\"  .* UTC  ann  new disk  2       {silence.Id}$", Lines(await AskAsync("silence"))[1]);
        Assert.Equal(0, (await AskAsync("silence", "--end", silence.Id)).Code);
        Assert.Empty(server.Silences);
        Assert.Equal($"There is no silence.{Environment.NewLine}", (await AskAsync("silence")).Error);
        Assert.Equal(1, (await AskAsync("silence", "--end", silence.Id)).Code);
    }

    [Theory]
    [InlineData("A silence has an end: say --for 2h, or --until TIME.", "silence", "true")]
    [InlineData("A silence has an end: say --for 2h, or --until TIME.", "silence", "true", "--for", "1h", "--until", "2035-01-01")]
    [InlineData("A QUERY makes a silence, and --end ends one: give one of them.", "silence", "true", "--end", "1")]
    [InlineData("Write texts in double quotes: \"cpu\".", "silence", "service = 'cpu'", "--for", "1h")]
    [InlineData("\"for_seconds\" is above zero", "ack", "cpu", "--for", "0")]
    [InlineData("\"until\" is not later than now", "ack", "cpu", "--until", "2020-01-01")]
    [InlineData("Say who you are", "resolve", "cpu", "--by", "")]
    public async Task What_cannot_be_meant_is_a_sentence_and_exit_code_2(string sentence, params string[] args)
    {
        Tool tool = await AskAsync(args);
        Assert.Equal((2, ""), (tool.Code, tool.Output));
        Assert.StartsWith(sentence, tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_and_why_are_shown()
    {
        await OpenAsync("app");
        await OpenAsync("db");

        Assert.EndsWith(" opened critical cpu db", Assert.Single(Lines(await AskAsync("ledger", "--name", "cpu db", "--what", "opened",
            "--since", "1h", "--reactor", "cpu"))), StringComparison.Ordinal);
        Assert.Equal(new Tool(0, "", ""), await AskAsync("ledger", "--until", "1h"));
        Tool lines = await RunAsync(atTerminal: false, "ledger");
        Assert.Equal(["cpu app", "cpu db"], Lines(lines).Select(line => (string)JsonNode.Parse(line)!["name"]!));

        Tool why = await AskAsync("why", "app", "cpu");
        Assert.Matches("^cpu on app, .* UTC\n  reaches cpu\n", why.Output.ReplaceLineEndings("\n"));
        Assert.Contains("  nobody was told: cpu: its alert tells nobody", why.Output, StringComparison.Ordinal);
        Assert.Equal("db", (string)JsonNode.Parse((await AskAsync("why", "db", "cpu", "--json")).Output)!["host"]!);
    }

    [Theory]
    [InlineData("incidents")]
    [InlineData("ack", "cpu")]
    [InlineData("why", "app", "cpu")]
    public async Task What_is_no_server_of_ours_is_told_in_a_sentence(params string[] args)
    {
        using System.Net.Sockets.TcpListener other = new(System.Net.IPAddress.Loopback, 0);
        other.Start();
        Task answering = Task.Run(async () =>
        {
            using System.Net.Sockets.TcpClient client = await other.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            byte[] asked = new byte[65_536];
            _ = await client.GetStream().ReadAsync(asked, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\u001b[2J hi\r\n"u8.ToArray(),
                TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        Tool tool = await Tool.RunAsync([.. args, "--server", $"{other.LocalEndpoint}"], atTerminal: true);

        Assert.Equal((1, "", $"What answers there is no Godot server, or one of another version.{Environment.NewLine}"),
            (tool.Code, tool.Output, tool.Error));
        await answering;
    }

    [Fact]
    public async Task Words_are_completed_and_bash_is_told_how()
    {
        Assert.Equal("incidents", (await Tool.RunAsync(["[suggest:9]", "godot inc"])).Output.Trim());
        string script = (await Tool.RunAsync(["completion", "bash"])).Output;
        Assert.Contains("compdef _godot godot", (await Tool.RunAsync(["completion", "zsh"])).Output, StringComparison.Ordinal);
        string godot = Path.Combine(AppContext.BaseDirectory, "godot.dll");
        using Process bash = Process.Start(new ProcessStartInfo("bash",
        [
            "-c", $"godot() {{ dotnet '{godot}' \"$@\"; }}\n{script}\nCOMP_LINE='godot silence --pre'; COMP_POINT=19; "
                + "COMP_WORDS=(godot silence --pre); COMP_CWORD=2; _godot; echo \"${COMPREPLY[@]}\"",
        ]) { RedirectStandardOutput = true })!;
        Assert.Equal("--preview", (await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
    }

    [Fact]
    public async Task A_channel_is_tried_and_what_it_says_is_shown()
    {
        Phone phone = new();
        await using GodotServer calling = GodotServer.Tcp(0, "127.0.0.1").Http("127.0.0.1:0")
            .React("cpu", Reactor.Where("service", "cpu").Alert().To(phone).Console());
        await calling.StartAsync(TestContext.Current.CancellationToken);
        Task<Tool> Run(params string[] args) => Tool.RunAsync(["test", .. args, "--server", $"{calling.HttpEndPoint}"], atTerminal: true);

        Tool sent = await Run("phone", "--by", "ann");
        phone.Refuses = "it is off";
        Tool refused = await Run("phone"), none = await Run("fax"), program = await Run("console"), all = await Run();

        Assert.Matches(@"^phone has taken it, in \d+\.\d s\s+$", sent.Output);
        Assert.Equal((1, $"phone has not taken it: it is off{Environment.NewLine}"), (refused.Code, refused.Error));
        Assert.Equal((1, 2), (none.Code, program.Code));
        Assert.Contains("There is no channel of this name.", none.Error, StringComparison.Ordinal);
        string[] lines = Lines(all);
        Assert.Matches("^CHANNEL +WAITING +SENT +GIVEN UP +LAST SENT +LAST FAILED +WHY$", lines[0]);
        Assert.StartsWith("console ", lines[1], StringComparison.Ordinal);
        Assert.Matches("^phone +0 +1 +.* it is off$", lines[2]);
    }

    [Fact]
    public async Task What_is_not_delivered_is_a_table_and_one_is_given_up()
    {
        await using GodotServer hooking = GodotServer.Tcp(0, "127.0.0.1").Http("127.0.0.1:0")
            .React("cpu", Reactor.Where("service", "cpu").Alert().Notify(Policy.Webhook("http://127.0.0.1:1/hook")));
        await hooking.StartAsync(TestContext.Current.CancellationToken);
        Task<Tool> Run(params string[] args) => Tool.RunAsync(["outbox", .. args, "--server", $"{hooking.HttpEndPoint}"], atTerminal: true);
        Assert.Equal(new Tool(0, "", $"Nothing waits.{Environment.NewLine}"), await Run());
        hooking.Run!.Engine.Feed(new Event { Host = "app", Service = "cpu", State = "critical" });
        for (int i = 0; i < 1000 && hooking.Outbox is not [{ Attempts: > 0 }]; i++)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        string[] lines = Lines(await Run());

        Assert.Matches("^CHANNEL +TELLS +SINCE +ATTEMPTS +NEXT +WHY +MESSAGE$", lines[0]);
        Assert.Matches(@"^webhook:http://127\.0\.0\.1:1/hook +opened critical cpu app .* [0-9a-f]{32}$", lines[1]);
        Assert.Equal(2, (await Run("--drop", "a", "--retry", "a")).Code);
        Assert.Equal(1, (await Run("--drop", "a")).Code);
    }

    sealed record Phone : OutputRecipe, IOutput
    {
        public string? Refuses { get; set; }

        public override string Name => "phone";

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken) =>
            Refuses is { } why ? Task.FromException(new UndeliverableException(why)) : Task.CompletedTask;
    }
}
