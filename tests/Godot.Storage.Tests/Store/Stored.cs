using Godot.Alerting;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Storage;

/// <summary>A store in a folder of its own, on the first of January 2025 at noon, and things to keep in it.</summary>
sealed class Stored : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder folder = new();

    public LogLines Log { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Noon);

    public string Folder => folder.Path;

    public void Dispose() => folder.Dispose();

    public string FileOf(string rest = "") => Path.Join(Folder, SqliteStore.FileName) + rest;

    public SqliteStore Open(StoreOptions? options = null) =>
        new(Folder, (options ?? new StoreOptions()) with { TimeProvider = Clock, LoggerFactory = Log });

    /// <summary>Opens it, keeps these, closes it.</summary>
    public void Keep(Decisions decisions)
    {
        using SqliteStore store = Open();
        store.Commit(decisions);
    }

    /// <summary>Writes over a part of the file, which nobody has open.</summary>
    public void Overwrite(long at, params ReadOnlySpan<byte> bytes)
    {
        using FileStream file = File.OpenWrite(FileOf());
        file.Position = at;
        file.Write(bytes);
    }

    public static Decisions Lines(int count, DateTimeOffset? time = null)
    {
        Decisions decisions = new();
        for (int i = 0; i < count; i++) decisions.Ledger.Add(Line(i, time));
        return decisions;
    }

    public static LedgerLine Line(int number, DateTimeOffset? time = null) => new(time ?? Noon, $"told: opened critical {number}")
    {
        Reactor = "cpu", Name = $"cpu app{number % 100}", Incident = $"{number / 5:x32}", Channel = "email:ops@host.com", Because = "so",
    };

    public static KeptIncident Incident(int number, bool isDone = false)
    {
        Event e = new() { Host = $"app{number}", Service = "cpu", State = "critical", Metric = 95.5, Time = Noon };
        return new KeptIncident(new Incident
        {
            Id = $"{number:x32}", Reactor = "cpu", Step = "alert", Key = [new("host", $"app{number}"), new("service", "cpu")], Episode = 1,
            Severity = "critical", Opening = e, Latest = e, Opened = Noon, Ended = isDone ? "recovered" : null,
        }, new KeyName([.. BitConverter.GetBytes(number)], []), 2, [new("0", 1, Noon, Noon.AddHours(4), 0)])
        {
            Openings = [Noon],
            IsDone = isDone,
        };
    }

    /// <summary>Incidents that open, each with its five lines.</summary>
    public static Decisions Opened(int from, int count)
    {
        Decisions decisions = Lines(5 * count);
        for (int i = from; i < from + count; i++) decisions.Incidents.Add($"{i:x32}", Incident(i));
        return decisions;
    }
}
