using Godot.Alerting;

namespace Godot.Tests;

/// <summary>
/// An incident opens and ends, and the process is killed at one point after the other: before and after each commit, before a message is
/// received, and before its answer is. The first attempt may fail.
/// </summary>
static class OutboxCrashStories
{
    /// <summary>How the first attempt ends: well, with nobody having anything, or with an answer that is lost.</summary>
    public static TheoryData<string> Failures => ["", nameof(NotTakenException), nameof(IOException)];

    /// <param name="open">A new store, or the same as a process finds it that starts after the other was killed.</param>
    /// <param name="failure">One of those above.</param>
    /// <returns>How many points there are.</returns>
    public static async Task<int> AreToldWhateverHappens(Func<IAlertStore?, IAlertStore> open, string failure)
    {
        for (int point = 0; ; point++)
            if (!await IsTold(open, point, failure)) return point;
    }

    // False: it ended without coming to that point.
    static async Task<bool> IsTold(Func<IAlertStore?, IAlertStore> open, int point, string failure)
    {
        IAlertStore kept = open(null);
        Killing killing = new(kept, point);
        Letters ops = new("ops", TimeSpan.FromMinutes(1));
        ops.Before = stop => PassThen(stop, new NotTakenException("No route."));
        ops.After = stop => PassThen(stop, new IOException("Gone."));
        Mailroom before = new Mailroom(killing, RulesTo(ops)).Start();
        before.Given(Mailroom.Bad);
        await before.Until(() => killing.IsDead || ops.Attempts == 1);
        before.Given(Mailroom.Ok);
        await before.Until(() => killing.IsDead
            || (ops.Texts.Any(text => text.Contains("resolved", StringComparison.Ordinal)) && before.Engine.Outbox.Count == 0));
        before.Engine.Abandon();

        kept = open(kept);
        Letters again = new("ops", ops.Gather) { Received = ops.Received };
        await using Mailroom after = new Mailroom(kept, RulesTo(again)).Start();
        after.Given(Mailroom.Ok);
        // In this order: what tells the end is a row as soon as the incident is not open.
        await after.Until(() => after.Engine.Incidents.Count == 0 && after.Engine.Outbox.Count == 0);

        string[] ledger = [.. after.Ledger];
        string story = $"at {point}: {string.Join(", ", ops.Received)}\n{string.Join('\n', ledger)}";
        bool opened = ledger.Any(line => line.StartsWith("opened critical", StringComparison.Ordinal));
        string[] told = [.. ops.Received.DistinctBy(one => one.Id).Select(one => one.Text.Split(" after ")[0].Split(" critical ")[0])];
        // Decided is told; what was not decided is told to nobody. No end without its opening, none twice under two ids.
        Assert.True(opened ? told is ["opened", "resolved"] or ["opened and resolved"] : told is [], story);
        foreach (var same in ops.Received.GroupBy(one => one.Id))
        {
            Assert.True(same.Distinct().Count() == 1, story);
            Assert.True(same.Count() - 1 <= ledger.Count(line => line.StartsWith("sent again", StringComparison.Ordinal)), story);
        }
        Assert.Equal(told.Length, ledger.Count(line => line.StartsWith("delivered", StringComparison.Ordinal)));
        return killing.IsDead;

        async Task PassThen(CancellationToken stop, Exception thrown)
        {
            await killing.Pass(stop);
            if (thrown.GetType().Name == failure && ops.Attempts == 1) throw thrown;
        }
    }

    static Action<Engine> RulesTo(Letters ops) =>
        engine => engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Policy.To(ops)), "cpu");

    /// <summary>A process that is killed at one of the points that it comes to: from then on nothing of it has any effect.</summary>
    sealed class Killing(IAlertStore store, int point) : IAlertStore
    {
        readonly Lock gate = new();
        int passed;

        public bool IsDead { get; private set; }

        public Kept Load() => store.Load();

        public KeptKey KeyOf(string key) => store.KeyOf(key);

        public IReadOnlyList<KeptMessage> Outbox() => store.Outbox();

        public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query) => store.Ledger(query);

        public void Commit(Decisions decisions)
        {
            lock (gate)
            {
                Pass();
                if (!IsDead) store.Commit(decisions);
                Pass();
                if (IsDead) throw new IOException("It has been killed.");
            }
        }

        public Task Pass(CancellationToken stop)
        {
            lock (gate) Pass();
            return IsDead ? Task.Delay(Timeout.InfiniteTimeSpan, stop) : Task.CompletedTask;
        }

        void Pass() => IsDead |= passed++ == point;
    }
}
