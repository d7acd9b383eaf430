using BenchmarkDotNet.Attributes;
using Godot.Alerting;
using Godot.Storage;

namespace Godot.Bench.Micro;

/// <summary>Incidents that are kept on the disk of the temporary files: each an incident, its key and five lines of the ledger.</summary>
public class StoreBenchmarks
{
    const int Incidents = 10_000, Group = 500;

    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    static readonly Event[] Events =
        [.. Enumerable.Range(0, Incidents).Select(i => new Event { Host = $"h{i}", Service = "cpu", State = "critical", Metric = 95.5 })];

    readonly string folder = Directory.CreateTempSubdirectory("godot-bench-").FullName;
    SqliteStore store = null!;
    int next;

    [GlobalSetup]
    public void Open() => store = new SqliteStore(folder, new StoreOptions());

    [GlobalCleanup]
    public void Close()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Group)]
    public void CommitEach()
    {
        for (int i = 0; i < Group; i++) store.Commit(Opened(1));
    }

    [Benchmark(OperationsPerInvoke = Incidents)]
    public void CommitInGroups()
    {
        for (int i = 0; i < Incidents; i += Group) store.Commit(Opened(Group));
    }

    /// <summary>Until the passes are back, and the desk has decided all.</summary>
    [Benchmark(OperationsPerInvoke = Incidents)]
    public async Task OpenInAnEngine()
    {
        // New keys each time.
        string reactor = $"cpu{next++}";
        await using Engine engine = new(new EngineOptions { Lanes = 1, Store = store });
        engine.Add(Reactor.Where("service", "cpu").Alert(), reactor);
        foreach (Event e in Events) engine.Feed(e);
        await engine.StopAsync();
    }

    Decisions Opened(int incidents)
    {
        Decisions decisions = new();
        for (int i = 0; i < incidents; i++)
        {
            // Their ids are in no order, as the desk's are not.
            string id = $"{(uint)(++next * 2_654_435_761L):x8}{next:x24}";
            Event e = Events[next % Incidents];
            Incident incident = new()
            {
                Id = id, Reactor = "cpu", Step = "alert", Key = [new("host", e.Host!), new("service", "cpu")], Episode = 1,
                Severity = "critical", Opening = e, Latest = e, Opened = Now,
            };
            decisions.Incidents.Add(id, new(incident, new KeyName([.. BitConverter.GetBytes(next)], []), 1, [new("0", 1, Now, null, 0)])
            {
                Openings = [Now],
                // All but a few end.
                IsDone = next % 10 > 0,
            });
            for (int line = 0; line < 5; line++)
                decisions.Ledger.Add(new LedgerLine(Now, "told: opened critical")
                {
                    Reactor = "cpu", Name = incident.Name, Incident = id, Channel = "email:ops@host.com", Because = "it is so",
                });
        }
        return decisions;
    }
}

/// <summary>What a search of a million lines of the ledger takes.</summary>
public class LedgerBenchmarks
{
    const int Lines = 1_000_000;

    readonly string folder = Directory.CreateTempSubdirectory("godot-bench-").FullName;
    SqliteStore store = null!;

    [GlobalSetup]
    public void Fill()
    {
        store = new SqliteStore(folder, new StoreOptions());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int i = 0; i < Lines; i += 10_000)
        {
            Decisions decisions = new();
            for (int j = i; j < i + 10_000; j++)
                decisions.Ledger.Add(new LedgerLine(now, "told: opened critical")
                {
                    Reactor = "cpu", Name = $"cpu host{j / 5 % 10_000}", Incident = IdOf(j / 5), Channel = "email:ops@host.com",
                    Because = "it is so",
                });
            store.Commit(decisions);
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark]
    public IReadOnlyList<LedgerLine> LastHundred() => store.Ledger(new() { Limit = 100 });

    [Benchmark]
    public IReadOnlyList<LedgerLine> OfOneIncident() => store.Ledger(new() { Incident = IdOf(1000), Limit = 100 });

    [Benchmark]
    public IReadOnlyList<LedgerLine> OfOneName() => store.Ledger(new() { Name = "cpu host7", Limit = 100 });

    /// <summary>All lines are of this channel.</summary>
    [Benchmark]
    public IReadOnlyList<LedgerLine> OfOneChannelInATime() =>
        store.Ledger(new() { Channel = "email:ops@host.com", Since = DateTimeOffset.UnixEpoch, Limit = 100 });

    [Benchmark]
    public IReadOnlyList<LedgerLine> OfAWordThatNeverFell() => store.Ledger(new() { What = "worse", Limit = 100 });

    static string IdOf(int incident) => $"{(uint)(incident * 2_654_435_761L):x8}{incident:x24}";
}
