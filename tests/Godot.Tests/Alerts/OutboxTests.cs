using Godot.Alerting;

namespace Godot.Tests;

/// <summary>What becomes of what was decided, until it is delivered.</summary>
public sealed class OutboxTests : IDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly MemoryStore store = new();
    readonly LogLines log = new();
    readonly Letters ops = new("ops", Minute), boss = new("boss", Minute);

    public void Dispose() => log.Dispose();

    Mailroom Open(Policy? policy = null, IAlertStore? over = null) => new Mailroom(over ?? store,
        engine => engine.Add(Reactor.Where("service", "cpu").Alert().Notify(policy ?? Policy.To(ops)), "cpu"), log).Start();

    static Task Fails(Exception thrown) => Task.FromException(thrown);

    [Fact]
    public async Task What_somebody_may_have_is_sent_again_as_it_was_and_the_ledger_says_so()
    {
        await using Mailroom room = Open();
        ops.After = _ => ops.Received.Count < 3 ? Fails(new IOException("Gone.")) : Task.CompletedTask;
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => ops.Received.Count == 1);
        room.Given(Mailroom.Ok);
        await room.Delivered();
        Assert.Equal(["opened critical cpu app", "opened critical cpu app", "opened critical cpu app"], ops.Texts.Take(3));
        Assert.Single(ops.Received.Take(3).Distinct());
        Assert.Equal(2, room.Ledger.Count(line => line == "sent again cpu app -> letters:ops (the answer was lost)"));
        Assert.Equal(2, room.Ledger.Count(line => line == "delivered cpu app -> letters:ops"));
    }

    [Fact]
    public async Task What_nobody_has_is_gathered_anew_and_one_notice_tells_opening_and_end()
    {
        await using Mailroom room = Open();
        ops.Before = _ => Fails(new NotTakenException("No route."));
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => room.Engine.Outbox is [{ LastError: not null }]);
        OutboxMessage waits = Assert.Single(room.Engine.Outbox);
        Assert.Equal(("letters:ops", "opened critical cpu app", "No route.", false),
            (waits.Channel, waits.Tells, waits.LastError, waits.IsDead));
        Assert.NotNull(Assert.Single(room.Engine.Outputs).OldestUnsent);
        room.Given(Mailroom.Ok);
        await Mailroom.Eventually(() => room.Ledger.Any(line => line.StartsWith("told: resolved", StringComparison.Ordinal)));
        ops.Before = _ => Task.CompletedTask;
        await room.Delivered();
        Assert.Null(room.Engine.Outputs[0].OldestUnsent);
        Assert.Matches("^opened and resolved after .* critical cpu app$", Assert.Single(ops.Texts));
        Assert.DoesNotContain(room.Ledger, line => line.StartsWith("sent again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_follows_names_the_message_that_told_the_opening()
    {
        await using Mailroom room = Open();
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => ops.Received.Count == 1);
        await room.Delivered();
        room.Crash().Given(Mailroom.Ok);
        await room.Until(() => ops.Received.Count == 2);
        Assert.EndsWith($" re {ops.Received.First().Id}", ops.Texts.Last(), StringComparison.Ordinal);
        await room.Delivered();
        Assert.Empty(store.Load().Openings);
    }

    [Fact]
    public async Task Whoever_says_when_to_come_again_is_not_asked_before()
    {
        await using Mailroom room = Open();
        ops.Before = _ => ops.Attempts == 1 ? Fails(new RetryLaterException(TimeSpan.FromMinutes(50), "Busy.")) : Task.CompletedTask;
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => ops.Attempts == 1);
        DateTimeOffset asked = room.Clock.GetUtcNow();
        await room.Until(() => ops.Received.Count == 1);
        Assert.InRange((room.Clock.GetUtcNow() - asked).TotalMinutes, 50, 52);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_a_dead_letter_and_the_fallback_is_told()
    {
        await using Mailroom room = Open(Policy.To(ops).Fallback(Policy.To(boss)));
        ops.Before = _ => Fails(new UndeliverableException("No such user."));
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => boss.Received.Count == 1);
        await Mailroom.Eventually(() => room.Engine.Outbox.Count == 1);
        OutboxMessage dead = Assert.Single(room.Engine.Outbox);
        Assert.Equal((true, "No such user.", 1), (dead.IsDead, dead.LastError, dead.Attempts));
        Assert.Contains("refused cpu app -> letters:ops (No such user.)", room.Ledger);
        Assert.Contains("told: opened critical cpu app -> letters:boss (letters:ops refused it)", room.Ledger);

        // It outlives a crash, and is sent when somebody says so. Nobody had it.
        room.Crash();
        ops.Before = _ => Task.CompletedTask;
        await room.Until(() => room.Engine.TimeProvider.GetUtcNow().Minute > 5);
        Assert.Empty(ops.Received);
        Assert.True(room.Engine.RetryOutbox(dead.Id, by: "ann"));
        await room.Delivered();
        Assert.Equal(["opened critical cpu app"], ops.Texts);
        Assert.DoesNotContain(room.Ledger, line => line.StartsWith("sent again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_too_old_is_a_dead_letter_and_what_is_not_is_tried_on()
    {
        await using Mailroom room = Open();
        ops.Before = _ => Fails(new NotTakenException("No route."));
        room.Given(Mailroom.Bad);
        await room.Until(() => room.Clock.GetUtcNow().Day >= 3, step: TimeSpan.FromHours(6));
        room.Given(Mailroom.Bad with { Host = "web" });
        await room.Until(() => room.Engine.Outbox.Any(row => row.IsDead), step: TimeSpan.FromHours(6));
        Assert.Equal([("opened critical cpu app", true), ("opened critical cpu web", false)],
            room.Engine.Outbox.Select(row => (row.Tells, row.IsDead)));
        Assert.Contains("dead cpu app -> letters:ops (not taken for 3 d: No route.)", room.Ledger);
        ops.Before = _ => Task.CompletedTask;
        await room.Until(() => ops.Received.Count == 1);
        Assert.True(room.Engine.RetryOutbox(Assert.Single(room.Engine.Outbox).Id, by: "ann"));
        await room.Delivered();
        Assert.Equal(["opened critical cpu web", "opened critical cpu app"], ops.Texts);
    }

    [Fact]
    public async Task What_waits_is_sent_after_the_next_start_and_also_events()
    {
        void AddEvents(Engine engine) => engine.Add(Reactor.Where("service", "disk").To(ops), "disk");
        await using Mailroom room = Open();
        AddEvents(room.Engine);
        ops.Before = _ => Fails(new NotTakenException("No route."));
        room.Given(Mailroom.Bad, new Event { Service = "disk", State = "full" }, new Event { Service = "disk", State = "fuller" });
        await room.Stop();
        Assert.Equal(0, room.Engine.LostAtStop);
        Assert.Contains(log.Lines, line => line.Contains("in the outbox and will be sent after the next start", StringComparison.Ordinal));
        ops.Before = _ => Task.CompletedTask;
        room.Start();
        AddEvents(room.Engine);
        await room.Delivered();
        Assert.Equal(["disk full", "disk fuller", "opened critical cpu app"],
            ops.Texts.SelectMany(text => text.Split("; ")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_nobody_sends_any_more_is_a_dead_letter_after_a_minute_and_told_to_the_fallback()
    {
        await using (Mailroom before = Open(Policy.To(ops).Fallback(Policy.To(boss))))
        {
            ops.Before = _ => Fails(new NotTakenException("No route."));
            before.Given(Mailroom.Bad);
            await before.Stop();
        }
        await using Mailroom room = Open(Policy.To(boss));
        Assert.False(Assert.Single(room.Engine.Outbox).IsDead);
        await room.Until(() => room.Engine.Outbox.Any(row => row.IsDead));
        Assert.InRange(room.Clock.GetUtcNow() - new DateTimeOffset(2025, 1, 1, 0, 0, 0, default), Minute, 2 * Minute);
        await room.Until(() => boss.Received.Count == 1);
        Assert.Contains(log.Lines, line => line.StartsWith("Error: 1 messages to letters:ops from before", StringComparison.Ordinal));
        Assert.False(room.Engine.RetryOutbox(room.Engine.Outbox[0].Id, by: "ann"));
    }

    [Fact]
    public async Task What_a_reactor_that_was_removed_left_is_sent_by_one_that_tells_its_channel_when_somebody_says_so()
    {
        await using Mailroom room =
            new Mailroom(store, engine => engine.Add(Reactor.Where("service", "disk").To(ops), "disk"), log).Start();
        ops.Before = _ => Fails(new NotTakenException("No route."));
        room.Given(new Event { Service = "disk", State = "full" });
        await Mailroom.Eventually(() => ops.Attempts == 1);
        Assert.True(room.Engine.Remove("disk"));
        await Mailroom.Eventually(() => log.Lines.Any(line => line.Contains("after the next start", StringComparison.Ordinal)));
        room.Engine.Add(Reactor.Where("service", "disk").To(ops), "disk");
        ops.Before = _ => Task.CompletedTask;
        Assert.True(room.Engine.RetryOutbox(Assert.Single(room.Engine.Outbox).Id, by: "ann"));
        await room.Delivered();
        Assert.Equal(["disk full"], ops.Texts);
    }

    [Fact]
    public async Task What_is_dropped_is_not_sent_and_the_ledger_says_by_whom()
    {
        await using Mailroom room = Open();
        ops.Before = _ => Fails(new NotTakenException("No route."));
        room.Given(Mailroom.Bad);
        await room.Until(() => ops.Attempts > 0 && room.Engine.Outbox is [{ LastError: not null }]
            && room.Engine.DropOutbox(room.Engine.Outbox[0].Id, by: "ann"));
        Assert.Empty(room.Engine.Outbox);
        Assert.Contains("dropped cpu app -> letters:ops (by ann)", room.Ledger);
        ops.Before = _ => Task.CompletedTask;
        room.Given(Mailroom.Bad with { Host = "web" });
        await room.Until(() => ops.Received.Count == 1);
        Assert.Equal(["opened critical cpu web"], ops.Texts);
        Assert.False(room.Engine.DropOutbox("unknown", by: "ann"));
    }

    [Fact]
    public async Task Beyond_its_room_a_queue_tells_each_incident_once_in_a_digest_and_drops_none()
    {
        Letters small = new("ops", Minute) { Room = 20, Before = _ => Fails(new NotTakenException("No route.")) };
        await using Mailroom room = Open(Policy.To(small));
        for (int round = 1; round <= 3; round++)
        {
            foreach (Event e in (Event[])[Mailroom.Bad, Mailroom.Ok])
            {
                for (int host = 0; host < 15; host++) room.Given(e with { Host = $"h{host}" });
                string told = e == Mailroom.Bad ? "told: opened" : "told: resolved";
                await Mailroom.Eventually(() => Told(told) == 15 * round);
            }
        }
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => Told("told: opened") == 46);
        Assert.DoesNotContain(room.Ledger, line => line.StartsWith("refused", StringComparison.Ordinal));
        small.Before = _ => Task.CompletedTask;
        await room.Delivered();
        Assert.InRange(small.Received.Count, 1, 2);
        Assert.Equal(45, small.Texts.Sum(text => text.Split("opened and resolved").Length - 1));
        Assert.EndsWith("opened critical cpu app", small.Texts.Last(), StringComparison.Ordinal);

        int Told(string what) =>
            room.Engine.Ledger(new() { Limit = 10_000 }).Count(line => line.What.StartsWith(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_hundred_incidents_at_once_there_are_two_messages()
    {
        await using Mailroom room = Open();
        TaskCompletionSource hangs = new();
        ops.Before = _ => hangs.Task;
        for (int host = 0; host < 100; host++) room.Given(Mailroom.Bad with { Host = $"h{host}" });
        await Mailroom.Eventually(() => ops.Attempts == 1
            && room.Engine.Ledger(new() { Limit = 1000 }).Count(line => line.What == "opened critical") == 100);
        hangs.SetResult();
        await room.Delivered();
        Assert.InRange(ops.Received.Count, 1, 2);
        Assert.Equal(100, ops.Texts.Sum(text => text.Split("; ").Length));
    }

    [Fact]
    public async Task While_the_store_fails_messages_go_on_from_memory_and_are_not_sent_again_once_it_takes_things()
    {
        FailingStore failing = new() { Fails = true };
        await using Mailroom room = Open(over: failing);
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => ops.Received.Count == 1);
        failing.Fails = false;
        await room.Until(() => room.Ledger.Any(line => line.StartsWith("store takes again", StringComparison.Ordinal)));
        Assert.Empty(failing.Outbox());
        Assert.Contains(room.Ledger, line => line.StartsWith("store failed", StringComparison.Ordinal));
        room.Crash();
        await room.Until(() => room.Clock.GetUtcNow().Minute > 1);
        Assert.Single(ops.Received);
    }

    [Fact]
    public async Task A_text_that_cannot_be_made_is_tried_again_and_nothing_is_begun()
    {
        bool throws = true;
        Unwritten unwritten = new(() => throws);
        await using Mailroom room = Open(Policy.To(unwritten));
        room.Given(Mailroom.Bad);
        await Mailroom.Eventually(() => room.Engine.Outbox is [{ LastError: "No words." }]);
        Assert.Equal(0, room.Engine.Outbox[0].Attempts);
        throws = false;
        await room.Delivered();
        Assert.Contains("delivered cpu app -> unwritten", room.Ledger);
    }

    sealed record Unwritten(Func<bool> Throws) : OutputRecipe, IMessageOutput
    {
        public override string Name => "unwritten";

        public override bool IsDurable => true;

        public override IOutput Open(OutputContext context) => this;

        public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id) =>
            Throws() ? throw new InvalidOperationException("No words.") : new(id, []);

        public Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    sealed record Forgetful : OutputRecipe, IOutput
    {
        public override string Name => "forgetful";

        public override bool IsDurable => true;

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [Fact]
    public async Task An_output_that_says_it_is_durable_and_has_no_messages_is_refused()
    {
        await using Engine engine = new();
        Assert.StartsWith("What forgetful is to send is kept",
            Assert.Throws<ArgumentException>(() => engine.Add(Reactor.Empty.To(new Forgetful()))).Message, StringComparison.Ordinal);
    }
}
