using Godot.Alerting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Godot.Storage;

/// <summary>Incidents, silences and the ledger in the file <c>alerts.db</c> of a folder, for one process at a time.</summary>
/// <remarks>
/// May be used from any thread. What has been committed is on the disk. Each member throws <see cref="StoreException"/> when the file
/// cannot be read or written; nothing is half-written then, and the same may be tried again.
/// </remarks>
sealed partial class SqliteStore : IAlertStore, IDisposable
{
    public const string FileName = "alerts.db";

    // A search of the ledger gives way to commits after so many lines.
    const int LinesAtOnce = 1000;

    readonly Lock gate = new();
    readonly string path;
    readonly StoreOptions options;
    readonly ILogger log;
    readonly SqliteConnection connection;
    readonly Statement begin, commit, incidents, keep, drop, keyOf, count, silences, hush, unhush, commands, done, forget;
    readonly OutboxTable outbox;
    readonly LedgerTable ledger;

    /// <exception cref="StoreException">It is in use, of a newer version, or cannot be written.</exception>
    public SqliteStore(string folder, StoreOptions options)
    {
        (path, this.options) = (Path.Join(Path.GetFullPath(folder), FileName), options);
        log = options.LoggerFactory.CreateLogger("Godot.Store");
        connection = new StoreFile(path, options, log).Open();
        begin = new(connection, "begin immediate");
        commit = new(connection, "commit");
        incidents = new(connection, "select id, version, data from incidents");
        keep = new(connection, """
            insert into incidents values ($1, $2, $3) on conflict (id) do update set version = excluded.version, data = excluded.data
            """, 3);
        drop = new(connection, "delete from incidents where id = $1", 1);
        keyOf = new(connection, "select episodes, openings from keys where key = $1", 1);
        // An earlier incident of a key may be told of after a later one has opened.
        count = new(connection, """
            insert into keys values ($1, $2, $3) on conflict (key) do update set episodes = excluded.episodes, openings = excluded.openings
            where excluded.episodes >= episodes
            """, 3);
        silences = new(connection, "select id, query, made_by, reason, begins, ends from silences");
        hush = new(connection, "insert or replace into silences values ($1, $2, $3, $4, $5, $6)", 6);
        unhush = new(connection, "delete from silences where id = $1", 1);
        commands = new(connection, "select id, time from commands");
        done = new(connection, "insert or replace into commands values ($1, $2)", 2);
        forget = new(connection, "delete from commands where id = $1", 1);
        outbox = new OutboxTable(connection);
        ledger = new LedgerTable(connection, options);
    }

    public Kept Load() => Ask("read", () =>
    {
        List<KeptIncident> open = [];
        using (SqliteDataReader row = incidents.Read())
            while (row.Read())
            {
                if (KeptFormat.Read(row.GetFieldValue<byte[]>(2), row.GetInt64(1)) is { } kept) open.Add(kept);
                else LogUnreadable("incident", row.Text(0), path, "bits of it have changed.");
            }
        List<Silence> hushing = [];
        using (SqliteDataReader row = silences.Read())
            while (row.Read())
            {
                if (SilenceOf(row) is { } silence) hushing.Add(silence);
            }
        Dictionary<string, DateTimeOffset> carriedOut = [];
        using (SqliteDataReader row = commands.Read())
            while (row.Read()) carriedOut.Add(row.Text(0), row.Time(1));
        return new Kept([.. open.OrderBy(kept => kept.Incident.Opened).ThenBy(kept => kept.Incident.Id, StringComparer.Ordinal)], hushing,
            carriedOut)
        {
            Openings = outbox.Openings(),
        };
    });

    public IReadOnlyList<KeptMessage> Outbox() =>
        Ask("read", () => outbox.Rows(id => LogUnreadable("message", id, path, "bits of it have changed.")));

    public KeptKey KeyOf(string key) => Ask("read", () =>
    {
        using SqliteDataReader row = keyOf.Read(key);
        return row.Read() ? new KeptKey(row.GetInt32(0), KeptFormat.ReadOpenings(row.GetFieldValue<byte[]>(1))) : KeptKey.New;
    });

    public void Commit(Decisions decisions) => Ask("written", () =>
    {
        try
        {
            begin.Run();
            Write(decisions);
            return commit.Run();
        }
        finally
        {
            // It failed; SQLite may have rolled it back already.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0) raw.sqlite3_exec(connection.Handle, "rollback");
        }
    });

    public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query)
    {
        if (Ask("read", () => ledger.Span(query)) is not { } among) return [];
        List<LedgerLine> taken = [];
        while (taken.Count < query.Limit)
        {
            int lines = Math.Clamp(query.Limit - taken.Count, 100, LinesAtOnce);
            List<LedgerLine> read = Ask("read", () => ledger.Page(query, ref among, lines));
            taken.AddRange(read.Where(query.Takes).Take(query.Limit - taken.Count));
            if (read.Count < lines) break;
        }
        taken.Reverse();
        return taken;
    }

    public void Dispose()
    {
        lock (gate) connection.Dispose();
    }

    void Write(Decisions decisions)
    {
        foreach ((string id, KeptIncident kept) in decisions.Incidents)
        {
            count.Run(AlertKey.TextOf(kept), kept.Incident.Episode, KeptFormat.WriteOpenings(kept.Openings));
            if (kept.IsDone) drop.Run(id);
            else keep.Run(id, KeptFormat.Version, KeptFormat.Write(kept));
        }
        foreach ((string id, Silence? silence) in decisions.Silences)
        {
            if (silence is null) unhush.Run(id);
            else hush.Run(id, silence.Query.ToString(), silence.By, silence.Reason, silence.From, silence.Until);
        }
        foreach ((string id, DateTimeOffset? at) in decisions.Commands)
        {
            if (at is null) forget.Run(id);
            else done.Run(id, at);
        }
        outbox.Write(decisions);
        ledger.Add(decisions.Ledger);
    }

    Silence? SilenceOf(SqliteDataReader row)
    {
        try
        {
            return new Silence
            {
                Id = row.Text(0),
                Query = Query.Restore(row.Text(1)),
                By = row.Text(2),
                Reason = row.TextOrNull(3),
                From = row.Time(4),
                Until = row.Time(5),
            };
        }
        catch (QueryFormatException e)
        {
            LogUnreadable("silence", row.Text(0), path, e.Message);
            return null;
        }
    }

    T Ask<T>(string what, Func<T> ask)
    {
        lock (gate)
        {
            try
            {
                return ask();
            }
            catch (SqliteException e)
            {
                throw new StoreException($"{path} cannot be {what}: {StoreFile.Reason(e)}.", e);
            }
        }
    }

    [LoggerMessage(3, LogLevel.Critical, "The {Kind} {Id} in {File} cannot be read and is left out: {Why}")]
    partial void LogUnreadable(string kind, string id, string file, string why);
}
