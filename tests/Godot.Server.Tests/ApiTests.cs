using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Godot.Alerting;
using Godot.Storage;

namespace Godot;

/// <summary>What <c>/api/v1/</c> answers, and what it changes.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    readonly GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
        .React("cpu", Reactor.Where("service", "cpu").Alert().Notify(Policy.Console()))
        .React("a/b%2F?", Reactor.Where("service", "odd").Alert());

    ApiClient api = null!;

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync(TestContext.Current.CancellationToken);
        api = new ApiClient(server);
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await server.DisposeAsync();
    }

    async Task Open(string host, string service = "cpu", string state = "critical")
    {
        int open = server.Incidents.Count;
        server.Send(Transport.Tcp, new JsonObject { ["host"] = host, ["service"] = service, ["state"] = state }.ToJsonString() + "\n");
        await Eventually.True(() => server.Incidents.Count == open + 1);
    }

    [Fact]
    public async Task Open_incidents_are_listed_and_one_is_told_with_its_ledger_and_events()
    {
        await Open("app");
        await Open("ü€😀\u001b");
        Incident first = server.Incidents[0];

        JsonNode list = (await api.Get("incidents?limit=1")).Answer, story = (await api.Get($"incidents/{first.Id}")).Answer;

        Assert.Equal(2, (int)list["total"]!);
        JsonObject one = Assert.Single(list["incidents"]!.AsArray())!.AsObject();
        Assert.Equal(first.Id, (string)one["id"]!);
        Assert.Equal(("cpu", "cpu app", "app", "cpu", 1, "critical"), ((string)one["reactor"]!, (string)one["name"]!,
            (string)one["key"]!["host"]!, (string)one["key"]!["service"]!, (int)one["episode"]!, (string)one["severity"]!));
        Assert.EndsWith("Z", (string)one["opened"]!, StringComparison.Ordinal);
        Assert.False(one.ContainsKey("latest"));
        Assert.True((bool)story["open"]!);
        Assert.Equal("critical", (string)story["incident"]!["latest"]!["state"]!);
        Assert.Contains(story["ledger"]!.AsArray(), line => (string)line!["what"]! == "opened critical");
        Assert.Equal("cpu ü€😀\u001b", (string)(await api.Get("incidents")).Answer["incidents"]![1]!["name"]!);
    }

    [Fact]
    public async Task An_incident_is_acknowledged_and_resolved_and_both_are_in_its_ledger()
    {
        await Open("app");
        string id = server.Incidents[0].Id;

        (HttpStatusCode status, JsonNode done) =
            await api.Post($"incidents/{id}/acknowledge", """{"by":"ann","note":"mine","for_seconds":3600}""");
        Assert.Equal((HttpStatusCode.OK, false), (status, (bool)done["repeated"]!));
        Assert.Equal("ann", (string)done["incidents"]![0]!["acknowledged"]!["by"]!);
        Assert.True((double)done["incidents"]![0]!["lasted_seconds"]! > 0);
        Assert.Equal("ann", server.Incidents[0].Acknowledged!.By);
        Assert.InRange(server.Incidents[0].Acknowledged!.Until!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(50),
            TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await api.Post($"incidents/{id}/resolve", """{"by":"bob"}""")).Status);

        Assert.Empty(server.Incidents);
        JsonNode story = (await api.Get($"incidents/{id}")).Answer;
        Assert.False((bool)story["open"]!);
        Assert.Equal(["ann: mine", "by hand: bob"], story["ledger"]!.AsArray().Select(line => (string?)line!["because"])
            .Where(because => because is not null));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Post($"incidents/{id}/resolve", """{"by":"bob"}""")).Status);
    }

    [Fact]
    public async Task A_command_that_comes_twice_with_one_key_is_carried_out_once()
    {
        await Open("app");
        for (int i = 0; i < 2; i++)
        {
            (HttpStatusCode status, JsonNode done) = await api.Post("incidents/cpu/acknowledge", """{"by":"ann"}""", key: "k1");
            Assert.Equal((HttpStatusCode.OK, i == 1), (status, (bool)done["repeated"]!));
            Assert.Single(done["incidents"]!.AsArray());
        }
        Assert.Single(server.Ledger(new() { What = "acknowledged" }));

        const string silence = """{"query":"true","by":"ann","for_seconds":60}""";
        Assert.Equal(HttpStatusCode.Created, (await api.Post("silences", silence, "k2")).Status);
        (HttpStatusCode again, JsonNode answer) = await api.Post("silences", silence, "k2");
        Assert.Equal((HttpStatusCode.OK, true, "k2"), (again, (bool)answer["repeated"]!, (string)answer["silence"]!["id"]!));
        Assert.Single(server.Silences);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete("silences/k2?by=ann")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await api.Post("silences", silence, "k2")).Status);
        Assert.Empty(server.Silences);
    }

    [Fact]
    public async Task A_silence_shows_what_it_hushes_and_a_preview_changes_nothing()
    {
        await Open("app");
        await Open("db");
        const string soon = """{"query":"host = \"app\" and reactor = \"cpu\"","by":"ann","reason":"disk","for_seconds":60}""";

        JsonNode preview = (await api.Post("silences?preview=true", soon)).Answer;
        Assert.Equal(("cpu app", 1), ((string)Assert.Single(preview["incidents"]!.AsArray())!["name"]!, (int)preview["total"]!));
        Assert.Empty(server.Silences);
        JsonNode made = (await api.Post("silences", soon)).Answer;
        Assert.Equal("cpu app", (string)Assert.Single(made["incidents"]!.AsArray())!["name"]!);

        JsonNode listed = Assert.Single((await api.Get("silences")).Answer["silences"]!.AsArray())!;
        Assert.Equal((server.Silences[0].Id, "ann", "disk", 1), ((string)listed["id"]!, (string)listed["by"]!, (string)listed["reason"]!,
            (int)listed["hushes"]!));
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"silences/{server.Silences[0].Id}?by=bob")).Status);
        Assert.Empty(server.Silences);
        Assert.Contains("by bob", Assert.Single(server.Ledger(new() { What = "silence ended" })).Because, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Delete("silences/none?by=bob")).Status);
    }

    [Fact]
    public async Task The_ledger_why_and_channels_are_answered()
    {
        await Open("app");
        await Eventually.True(() => server.Ledger(new() { What = "told" }).Count == 1);

        JsonNode ledger = (await api.Get("ledger?what=opened&reactor=cpu&name=cpu%20app&since=2020-01-01&until=2999-01-01&limit=5")).Answer;
        Assert.Equal("opened critical", (string)Assert.Single(ledger["lines"]!.AsArray())!["what"]!);
        Assert.Empty((await api.Get("ledger?until=2020-01-01")).Answer["lines"]!.AsArray());

        JsonNode why = (await api.Get("why?host=app&service=cpu")).Answer;
        Assert.Equal("cpu", (string)Assert.Single(why["reactors"]!.AsArray())!["name"]!);
        Assert.Equal("where", (string)Assert.Single(why["others"]!.AsArray())!["stopped_by"]!["id"]!);
        Assert.Equal("opened critical", (string)why["incidents"]![0]!["ledger"]![0]!["what"]!);
        Assert.StartsWith("cpu on app, ", (string)why["text"]!, StringComparison.Ordinal);
        Assert.Null(why["nobody_told"]);
        Assert.Null((await api.Get("why")).Answer["host"]);

        JsonNode channel = Assert.Single((await api.Get("channels")).Answer["channels"]!.AsArray())!;
        Assert.Equal(("console", "cpu"), ((string)channel["name"]!, (string)Assert.Single(channel["reactors"]!.AsArray())!));
        Assert.Equal((false, 1), ((bool)channel["people"]!, (int)channel["sent"]!));
    }

    [Fact]
    public async Task A_channel_is_tried_with_a_message_that_says_so()
    {
        Phone phone = new();
        await using GodotServer calling = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
            .React("cpu", Reactor.Where("service", "cpu").Alert().To(phone));
        await calling.StartAsync(TestContext.Current.CancellationToken);
        using ApiClient its = new(calling);

        JsonNode done = (await its.Post("channels/phone%2F1/test", """{"by":"ann"}""")).Answer;

        Assert.Equal(("phone/1", true), ((string)done["channel"]!, (bool)done["sent"]!));
        Assert.Equal("TEST: sent by ann, nothing is wrong.", Assert.Single(phone.Told).Events[0].Description);
        phone.Refuses = "it is off";
        Assert.Equal("it is off", (string)(await its.Post("channels/phone%2F1/test", """{"by":"ann"}""")).Answer["failure"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await its.Post("channels/phone%2F2/test", """{"by":"ann"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await its.Post("channels/phone%2F1/test", "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Post("channels/console/test", """{"by":"ann"}""")).Status);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_is_told_in_a_sentence()
    {
        await using GodotServer broken = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
            .With(new() { Engine = new() { Store = new UnreadableStore() } });
        await broken.StartAsync(TestContext.Current.CancellationToken);
        using ApiClient asking = new(broken);

        (HttpStatusCode status, JsonNode problem) = await asking.Get("ledger");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The disk is gone."), (status, (string)problem["detail"]!));
        Assert.Equal(HttpStatusCode.OK, (await asking.Get("incidents")).Status);
    }

    sealed class UnreadableStore : IAlertStore
    {
        public Alerting.Kept Load() =>
            new([], [], new Dictionary<string, DateTimeOffset>()) { Openings = new Dictionary<ToldOver, string>() };

        public IReadOnlyList<KeptMessage> Outbox() => [];

        public KeptKey KeyOf(string key) => KeptKey.New;

        public void Commit(Decisions decisions)
        {
        }

        public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query) => throw new StoreException("The disk is gone.");
    }

    [Fact]
    public async Task A_name_in_the_path_is_what_it_was_before_it_was_escaped()
    {
        await Open("app", "odd");

        JsonNode done = (await api.Post($"incidents/{Uri.EscapeDataString("a/b%2F?")}/acknowledge", """{"by":"ann"}""")).Answer;

        Assert.Equal("a/b%2F?", (string)Assert.Single(done["incidents"]!.AsArray())!["reactor"]!);
    }

    [Fact]
    public async Task Metrics_count_incidents_by_the_rules_severities_and_not_by_words_of_events()
    {
        await Open("app", state: "on fire");
        await Open("db", state: "warn");
        await api.Post("incidents/cpu/acknowledge", """{"by":"ann"}""");
        await api.Post("silences", """{"query":"true","by":"ann","for_seconds":60}""");
        using HttpClient http = new();

        string metrics = await http.GetStringAsync(new Uri($"http://{server.HttpEndPoint}/metrics"), TestContext.Current.CancellationToken);

        foreach (string line in (string[])["godot_incidents{severity=\"critical\"} 1", "godot_incidents{severity=\"warning\"} 1",
            "godot_incidents{severity=\"expired\"} 0", "godot_incidents_acknowledged 2", "godot_silences 1",
            "godot_alerts_store_failures_total 0"])
            Assert.Contains($"\n{line}\n", metrics, StringComparison.Ordinal);
        Assert.Matches("\ngodot_alerts_store_commits_total [1-9]", metrics);
        Assert.DoesNotContain("on fire", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_delivered_is_listed_sent_at_once_or_given_up()
    {
        Letters letters = new();
        await using GodotServer writing = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
            .React("cpu", Reactor.Where("service", "cpu").Alert().To(letters));
        await writing.StartAsync(TestContext.Current.CancellationToken);
        using ApiClient its = new(writing);
        writing.Send(Transport.Tcp, """{"host":"app","service":"cpu","state":"critical"}""" + "\n");
        await Eventually.True(() => writing.Outbox is [{ IsDead: true }]);

        JsonNode dead = Assert.Single((await its.Get("outbox")).Answer["messages"]!.AsArray())!;
        Assert.Equal(("letters", "opened critical cpu app", true, "no stamps"),
            ((string)dead["channel"]!, (string)dead["tells"]!, (bool)dead["dead"]!, (string)dead["last_error"]!));
        string id = (string)dead["id"]!;
        Assert.Equal(HttpStatusCode.BadRequest, (await its.Post($"outbox/{id}/retry", "{}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await its.Post("outbox/none/retry", """{"by":"ann"}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await its.Post($"outbox/{id}/retry", """{"by":"ann"}""")).Status);
        await Eventually.True(() => letters.Attempts == 2 && writing.Outbox is [{ IsDead: true }]);
        Assert.Equal(HttpStatusCode.BadRequest, (await its.Delete($"outbox/{writing.Outbox[0].Id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await its.Delete($"outbox/{writing.Outbox[0].Id}?by=ann")).Status);
        Assert.Empty((await its.Get("outbox")).Answer["messages"]!.AsArray());
        Assert.Equal(["by ann", "by ann"], writing.Ledger(new()).Where(line => line.What is "tried at once" or "dropped")
            .Select(line => line.Because));
    }

    sealed record Letters : OutputRecipe, IMessageOutput
    {
        int attempts;

        public int Attempts => Volatile.Read(ref attempts);

        public override string Name => "letters";

        public override bool IsDurable => true;

        public override IOutput Open(OutputContext context) => this;

        public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id) => new(id, [1]);

        public Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref attempts);
            return Task.FromException(new UndeliverableException("no stamps"));
        }
    }

    sealed record Phone : OutputRecipe, IOutput
    {
        public ConcurrentQueue<Notification> Told { get; } = [];

        public string? Refuses { get; set; }

        public override string Name => "phone";

        public override string ChannelName => "phone/1";

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
        {
            if (Refuses is { } why) throw new UndeliverableException(why);
            foreach (Notification notification in notifications) Told.Enqueue(notification);
            return Task.CompletedTask;
        }
    }
}
