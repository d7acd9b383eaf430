using System.Reflection;
using System.Text;
using Godot.Alerting;
using Godot.Events;
using Godot.Recipes;

namespace Godot.Tests;

/// <summary>What every store of alerts keeps.</summary>
public abstract class AlertStoreContract
{
    private protected static readonly DateTimeOffset Noon = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly KeyName Key = new(Encoding.UTF8.GetBytes("app\0ü"), [0, 255, (byte)'1']);

    /// <summary>A store that has nothing yet.</summary>
    private protected abstract IAlertStore New();

    /// <summary>The same as a process would find it that starts after this one was killed.</summary>
    private protected abstract IAlertStore Reopen(IAlertStore store);

    private protected static KeptIncident Kept(string id, int episode = 1, string? ended = null, KeyName? key = null) => new(new Incident
    {
        Id = id,
        Reactor = "cpu",
        Step = "alert",
        Key = [new("host", "app"), new("service", "cpu")],
        Episode = episode,
        Severity = "critical",
        Opening = new Event
        {
            Host = "app", Service = "cpu", State = "critical", Metric = 95.5, Time = Noon, Ttl = TimeSpan.FromSeconds(60),
            Description = "hot", Tags = ["a", "b"], Meta = new Dictionary<string, MetaValue> { ["rack"] = "1", ["load"] = 0.5 },
        },
        Latest = new Event { Host = "app", Service = "cpu", State = "worse" },
        Opened = Noon.AddTicks(1),
        Lasted = TimeSpan.FromSeconds(7),
        Ended = ended,
        IsRecovering = true,
        IsFlapping = true,
        Acknowledged = new Acknowledgement("ann", "mine", Noon.AddHours(1)),
        Labels = new AlertLabels([new("team", "db")], "bob", "https://host.com/runbook"),
    }, key ?? Key, 2,
        [new("0.1", 1, Noon, null, 1) { HeldBy = "silenced", GroupTold = Noon.AddTicks(3) }, new("1", 0, null, Noon.AddHours(2), 0)])
    {
        Openings = [Noon.AddMinutes(-episode), Noon],
        PausedSince = Noon.AddMinutes(3),
        Settles = (Noon.AddMinutes(4), "recovered", new Event { Host = "app", Service = "cpu", State = "ok" }),
        IsDone = ended == "done",
    };

    private protected static KeptMessage Message(string id, DateTimeOffset? time = null)
    {
        NotificationNumber number = new((time ?? Noon).ToUnixTimeMilliseconds(), 0, 0);
        Incident incident = Kept("1").Incident;
        Notice notice = new(Transition.Worse, incident)
        {
            Text = "hot", HeldBack = "silenced", TellsOpening = true, OpeningMessage = "opening",
        };
        return new KeptMessage(id, "letters:ops",
        [
            new Notification("cpu", [incident.Latest], number)
            {
                Id = "n1", Step = "alert", Kind = NotificationKind.Alert, Notices = [notice], Fallback = ["letters:boss"],
            },
            new Notification("disk", [incident.Opening, incident.Latest], number)
            {
                Id = "n2", Step = "by/to", Kind = NotificationKind.Batch,
                DividedBy = [Field.Host, Field.Meta("rack"), Field.Member("zone")],
            },
        ])
        {
            Content = [0, 255, 7], Attempts = 2, MayBeTaken = true, NextAt = Noon.AddHours(1), Error = "No route.",
            DeadAt = Noon.AddHours(2),
        };
    }

    private protected static Decisions Decided(params ReadOnlySpan<KeptIncident> incidents)
    {
        Decisions decisions = new();
        foreach (KeptIncident kept in incidents) decisions.Incidents[kept.Incident.Id] = kept;
        return decisions;
    }

    // Half a surrogate pair, NUL, what is no Latin; names of 1 KiB, texts of 60 kB.
    public static TheoryData<string> Texts =>
    [
        "", "\ud800", "\udc00\ud800", "a\ud83d", "a\0b", "\0", "ü€😀\ufeff\uffff", "%_'\"\\;--",
        new string('n', 1024), new string('ä', 60_000),
    ];

    IAlertStore Committed(params ReadOnlySpan<Decisions> all)
    {
        IAlertStore store = New();
        foreach (Decisions decisions in all) store.Commit(decisions);
        return Reopen(store);
    }

    [Fact]
    public void A_new_one_has_nothing()
    {
        IAlertStore store = Committed();
        Assert.Empty(store.Load().Open);
        Assert.Empty(store.Load().Silences);
        Assert.Empty(store.Load().Commands);
        Assert.Empty(store.Ledger(new() { Limit = 10 }));
        Assert.Equal(0, store.KeyOf("unknown").Episodes);
    }

    [Fact]
    public void An_incident_comes_back_as_it_was()
    {
        KeptIncident before = Kept("1"), after = Assert.Single(Committed(Decided(before)).Load().Open);
        Assert.Equivalent(before, after, strict: true);
        Assert.Equal(before.Key, after.Key);
        Assert.Equal(AlertKey.TextOf(before), AlertKey.TextOf(after));
    }

    // So that a member that is new is looked at above.
    [Fact]
    public void Nothing_of_that_incident_is_as_it_is_by_itself()
    {
        KeptIncident kept = Kept("1", ended: "done");
        foreach (object part in (object[])[kept, kept.Incident, kept.Incident.Acknowledged!, kept.Incident.Labels])
        {
            foreach (PropertyInfo property in part.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
                Assert.False(property.GetValue(part) is null or false or 0 or Array { Length: 0 }, $"{property} has no value of its own.");
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_comes_back_exactly_wherever_it_stands(string text)
    {
        KeptIncident before = Kept("1");
        before = before with
        {
            Incident = before.Incident with
            {
                Id = text, Reactor = text, Step = text, Key = [new(text, text)], Severity = text, OpenedAs = text, Ended = text,
                Acknowledged = new Acknowledgement(text, text), Labels = new AlertLabels([new(text, text)], text, text),
            },
            Telling = [before.Telling[0] with { Path = text, HeldBy = text }],
            Settles = (Noon, text, before.Incident.Latest),
        };
        Silence silence = new() { Id = text, Query = Query.Parse("true"), By = text, Reason = text, From = Noon, Until = Noon };
        LedgerLine line = new(Noon, text) { Reactor = text, Name = text, Incident = text, Channel = text, Because = text };
        Decisions decisions = Decided(before);
        decisions.Silences[text] = silence;
        decisions.Commands.Add(text, Noon);
        decisions.Ledger.Add(line);
        KeptMessage message = Message(text);
        Notice notice = message.Notifications[0].Notices[0] with { Text = text, HeldBack = text, OpeningMessage = text };
        decisions.Outbox[text] = message = message with
        {
            Channel = text, Error = text,
            Notifications = [message.Notifications[0] with
            {
                Reactor = text, Id = text, Step = text, Notices = [notice], Fallback = [text],
            }],
        };
        decisions.Openings.Add(new(text, text), text);

        IAlertStore store = Committed(decisions);

        Assert.Equivalent(before, Assert.Single(store.Load().Open), strict: true);
        Silence kept = Assert.Single(store.Load().Silences);
        Assert.Equal(silence with { Query = kept.Query }, kept);
        Assert.Equal(KeyValuePair.Create(text, Noon), Assert.Single(store.Load().Commands));
        Assert.Equal(line, Assert.Single(store.Ledger(new() { Limit = 10 })));
        KeptMessage row = Assert.Single(store.Outbox());
        Assert.Equal((message.Id, message.Channel, message.Error), (row.Id, row.Channel, row.Error));
        Notification told = Assert.Single(row.Notifications);
        Assert.Equal((text, text, text, text), (told.Reactor, told.Id, told.Step, Assert.Single(told.Fallback)));
        Assert.Equivalent(notice, Assert.Single(told.Notices), strict: true);
        Assert.Equal(KeyValuePair.Create(new ToldOver(text, text), text), Assert.Single(store.Load().Openings));
        Assert.Equal(1, store.KeyOf(AlertKey.TextOf(before)).Episodes);
        Assert.Equal(0, store.KeyOf($"{AlertKey.TextOf(before)}\0").Episodes);
    }

    [Fact]
    public void Texts_that_differ_in_half_a_surrogate_pair_are_not_one()
    {
        Decisions decisions = new();
        foreach (string id in (string[])["\ud800", "\ud801", "\ufffd", "a", "a\0", "a\0b"]) decisions.Commands.Add(id, Noon);
        Assert.Equal(decisions.Commands.Keys.Order(StringComparer.Ordinal),
            Committed(decisions).Load().Commands.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"host":"a","id":9007199254740993123,"metric":12345678901234567890,"meta":{"n":1234567890123456789}}""")]
    [InlineData("""{ "service" : "\ud800 \ufffd ü", "time":1.7e9, "x":{"y":[1.0,1e400]},"tags":["b","a","b"]}""")]
    [InlineData("{}")]
    public void An_event_comes_back_byte_for_byte_with_the_time_of_its_arrival(string json)
    {
        Event arrived = new(EventReader.ReadOurs(Encoding.UTF8.GetBytes(json), EventRules.ToTicks(Noon.AddTicks(7))).View);
        KeptIncident before = Kept("1");
        before = before with { Incident = before.Incident with { Opening = Event.Parse(json), Latest = arrived } };
        Incident after = Assert.Single(Committed(Decided(before)).Load().Open).Incident;
        Assert.Equal(json, after.Opening.ToString());
        Assert.Equal(Event.Parse(json), after.Opening);
        Assert.Equal(arrived, after.Latest);
        Assert.Equal(json, after.Latest.ToString());
    }

    [Fact]
    public void The_last_word_counts()
    {
        KeptIncident changed = Kept("1") with { Rank = 1, Telling = [] };
        Assert.Equivalent(changed, Assert.Single(Committed(Decided(Kept("1")), Decided(changed)).Load().Open), strict: true);
    }

    [Fact]
    public void What_is_over_and_told_is_not_open_and_its_key_is_not_forgotten()
    {
        IAlertStore store = Committed(Decided(Kept("1", episode: 3)), Decided(Kept("1", episode: 3, ended: "done")));
        Assert.Empty(store.Load().Open);
        KeptKey key = store.KeyOf(AlertKey.TextOf(Kept("1")));
        Assert.Equal(3, key.Episodes);
        Assert.Equal([Noon.AddMinutes(-3), Noon], key.Openings);
    }

    [Fact]
    public void What_is_over_and_yet_to_be_told_comes_back_beside_the_next_of_its_key()
    {
        IAlertStore store = Committed(Decided(Kept("1")), Decided(Kept("1", ended: "recovered"), Kept("2", episode: 2)),
            // The earlier one is told of later.
            Decided(Kept("1", ended: "recovered")));
        Assert.Equal(["1", "2"], store.Load().Open.Select(kept => kept.Incident.Id).Order(StringComparer.Ordinal));
        Assert.Equal(2, store.KeyOf(AlertKey.TextOf(Kept("1"))).Episodes);
    }

    [Fact]
    public void Keys_that_look_alike_are_not_one()
    {
        KeptIncident one = Kept("1", key: new KeyName("ab"u8.ToArray(), "c"u8.ToArray()));
        KeptIncident other = Kept("2", episode: 5, key: new KeyName("a"u8.ToArray(), "bc"u8.ToArray()));
        IAlertStore store = Committed(Decided(one, other));
        Assert.Equal(1, store.KeyOf(AlertKey.TextOf(one)).Episodes);
        Assert.Equal(5, store.KeyOf(AlertKey.TextOf(other)).Episodes);
    }

    [Fact]
    public void A_silence_is_kept_until_it_is_over()
    {
        Silence silence = new()
        {
            Id = "s", Query = Query.Parse("host = \"ü\" and metric > 5"), By = "ann", Reason = "deploy", From = Noon,
            Until = Noon.AddHours(1),
        };
        Decisions begins = new(), ends = new();
        begins.Silences["s"] = silence;
        ends.Silences["s"] = null;
        Silence kept = Assert.Single(Committed(begins).Load().Silences);
        Assert.Equal(silence.Query.ToString(), kept.Query.ToString());
        Assert.Equal(silence with { Query = kept.Query }, kept);
        Assert.Empty(Committed(begins, ends).Load().Silences);
    }

    [Fact]
    public void A_silence_is_kept_whose_query_is_as_long_as_one_may_be()
    {
        // As it is written at its plainest, it is longer.
        Query query = Query.Parse(string.Join("or ", Enumerable.Repeat("host=\"a\"", 682)));
        Assert.True(query.ToString().Length > Query.Longest);
        Decisions begins = new();
        begins.Silences["s"] = new Silence { Id = "s", Query = query, By = "ann", From = Noon, Until = Noon };

        Assert.Equal(query.ToString(), Assert.Single(Committed(begins).Load().Silences).Query.ToString());
    }

    [Fact]
    public void Commands_are_known_until_they_are_forgotten()
    {
        Decisions first = new(), second = new();
        (first.Commands["1"], first.Commands["2"]) = (Noon, Noon.AddTicks(1));
        (second.Commands["1"], second.Commands["3"]) = (null, Noon.AddDays(7));
        Assert.Equal([("2", Noon.AddTicks(1)), ("3", Noon.AddDays(7))],
            Committed(first, second).Load().Commands.OrderBy(known => known.Key).Select(known => (known.Key, known.Value)));
    }

    [Fact]
    public void A_message_comes_back_as_it_was()
    {
        Decisions decisions = new();
        KeptMessage before = Message("1");
        decisions.Outbox["1"] = before;
        KeptMessage after = Assert.Single(Committed(decisions).Outbox());
        Assert.Equivalent(before with { Notifications = after.Notifications }, after, strict: true);
        foreach ((Notification was, Notification now) in before.Notifications.Zip(after.Notifications))
        {
            Assert.Equal((was.Reactor, was.Id, was.Step, was.Kind), (now.Reactor, now.Id, now.Step, now.Kind));
            Assert.Equal(was.DecidedAt, now.DecidedAt);
            Assert.Equal(was.Events, now.Events);
            Assert.Equal(was.DividedBy, now.DividedBy);
            Assert.Equal(was.Fallback, now.Fallback);
            Assert.Equivalent(was.Notices, now.Notices, strict: true);
        }
        Assert.Equal(2, after.Notifications.Count);
    }

    // So that a member that is new is looked at above.
    [Fact]
    public void Nothing_of_that_message_is_as_it_is_by_itself()
    {
        KeptMessage message = Message("1");
        foreach (object part in (object[])[message, message.Notifications[0].Notices[0]])
        {
            foreach (PropertyInfo property in part.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
                Assert.False(property.GetValue(part) is null or false or 0 or Array { Length: 0 }, $"{property} has no value of its own.");
        }
    }

    [Fact]
    public void Messages_are_kept_until_they_are_delivered_the_oldest_first()
    {
        Decisions first = new(), second = new();
        foreach (int i in (int[])[3, 1, 2]) first.Outbox[$"{i}"] = Message($"{i}", Noon.AddSeconds(i)) with { DeadAt = null };
        second.Outbox["2"] = null;
        second.Outbox["3"] = first.Outbox["3"]! with { Attempts = 7, Content = [1] };
        IReadOnlyList<KeptMessage> left = Committed(first, second).Outbox();
        Assert.Equal(["1", "3"], left.Select(row => row.Id));
        Assert.Equal((7, 1), (left[1].Attempts, left[1].Content!.Length));
    }

    [Fact]
    public void Of_dead_letters_the_last_thousand_are_kept()
    {
        Decisions decisions = new();
        for (int i = 0; i < 1010; i++) decisions.Outbox[$"{i}"] = Message($"{i}") with { Content = null, DeadAt = Noon.AddSeconds(i) };
        decisions.Outbox["alive"] = Message("alive") with { DeadAt = null };
        IReadOnlyList<KeptMessage> left = Committed(decisions).Outbox();
        Assert.Equal(1001, left.Count);
        Assert.Equal(Noon.AddSeconds(10), left.Min(row => row.DeadAt));
    }

    [Fact]
    public void Which_message_told_an_opening_is_known_until_it_is_forgotten()
    {
        Decisions first = new(), second = new();
        (first.Openings[new("1", "a")], first.Openings[new("1", "b")], first.Openings[new("2", "a")]) = ("m1", "m2", "m3");
        (second.Openings[new("1", "b")], second.Openings[new("2", "a")]) = (null, "m4");
        Assert.Equal([(new("1", "a"), "m1"), (new ToldOver("2", "a"), "m4")],
            Committed(first, second).Load().Openings.OrderBy(told => told.Key.Incident).Select(told => (told.Key, told.Value)));
    }

    [Fact]
    public void The_ledger_has_the_last_lines_oldest_first()
    {
        Decisions decisions = new();
        for (int i = 0; i < 5; i++) decisions.Ledger.Add(new LedgerLine(Noon.AddSeconds(i), $"told {i}"));
        IAlertStore store = Committed(decisions);
        Assert.Equal(decisions.Ledger, store.Ledger(new() { Limit = 10 }));
        Assert.Equal(["told 3", "told 4"], store.Ledger(new() { Limit = 2 }).Select(line => line.What));
        Assert.Empty(store.Ledger(new() { Limit = 0 }));
    }

    static readonly LedgerLine[] Lines =
    [
        new(Noon, "opened critical") { Reactor = "cpu", Name = "cpu app", Incident = "1" },
        new(Noon, "told: opened critical") { Reactor = "cpu", Name = "cpu app", Incident = "1", Channel = "pager:ops" },
        new(Noon.AddHours(1), "opened warning") { Reactor = "disk", Name = "disk app", Incident = "2" },
        // The calendar was put back.
        new(Noon.AddMinutes(1), "not told") { Reactor = "disk", Name = "disk app", Incident = "2", Channel = "pager:ops" },
        new(Noon.AddMinutes(2), "silenced") { Because = "by ann" },
        new(Noon.AddMinutes(3), "resolved after 3 min") { Reactor = "cpu", Name = "cpu app", Incident = "1", Because = "recovered" },
        new(Noon.AddMinutes(4), "opened pain\ud800") { Reactor = "\ud800", Name = "\0", Incident = "3" },
    ];

    static IEnumerable<(LedgerQuery Query, int[] Lines)> Asked =>
    [
        (new() { Incident = "1" }, [0, 1, 5]),
        (new() { Incident = "1", Limit = 2 }, [1, 5]),
        (new() { Incident = "4" }, []),
        (new() { Reactor = "disk" }, [2, 3]),
        (new() { Name = "cpu app", What = "told" }, [1]),
        (new() { Channel = "pager:ops" }, [1, 3]),
        (new() { Channel = "pager:ops", Incident = "2" }, [3]),
        (new() { What = "opened" }, [0, 2, 6]),
        (new() { What = "opened pain\ud800" }, [6]),
        (new() { What = "Opened" }, []),
        (new() { What = "" }, [0, 1, 2, 3, 4, 5, 6]),
        (new() { Reactor = "\ud800" }, [6]),
        (new() { Name = "\0" }, [6]),
        (new() { Name = "" }, []),
        (new() { Since = Noon.AddMinutes(1), Until = Noon.AddMinutes(3) }, [3, 4]),
        (new() { Since = Noon.AddMinutes(4) }, [2, 6]),
        (new() { Until = Noon }, []),
        (new() { Since = Noon.AddMinutes(1), Reactor = "cpu" }, [5]),
        (new() { Since = Noon.AddHours(2) }, []),
        (new() { Name = "cpu app", Except = new HashSet<string> { "1" } }, []),
        (new() { Except = new HashSet<string> { "1", "3" } }, [2, 3, 4]),
    ];

    [Fact]
    public void The_ledger_has_the_lines_that_are_asked_for()
    {
        Decisions decisions = new();
        decisions.Ledger.AddRange(Lines);
        IAlertStore store = Committed(decisions);
        foreach ((LedgerQuery query, int[] lines) in Asked)
            Assert.True(lines.Select(i => Lines[i]).SequenceEqual(store.Ledger(query)), $"{query}");
    }
}
