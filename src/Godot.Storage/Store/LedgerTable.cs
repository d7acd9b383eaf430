using Microsoft.Data.Sqlite;

namespace Godot.Storage;

/// <summary>The lines of the ledger, and how many of them are kept. Lines come at one end and go at the other.</summary>
sealed class LedgerTable(SqliteConnection connection, StoreOptions options)
{
    // What goes beyond as many lines as come, so that a limit that was lowered is reached after a while and no commit waits for it.
    const int PruneMore = 100;

    // So many lines are put in order without anybody noticing; among a million, more than these are never far.
    const int Few = 20_000;

    // Lines that begin so, in no order; those in blobs among them, which no beginning is compared with (ExactText).
    const string Begins = """
        select id from ledger indexed by ledger_what where what >= $1 and what < $1 || char(1114111)
        union all select id from ledger indexed by ledger_what where what >= x''
        """;

    // However large the rest of the file is.
    const int KeepAlways = 10_000;

    readonly Statement add = new(connection, """
        insert into ledger (time, what, reactor, name, incident, channel, because) values ($1, $2, $3, $4, $5, $6, $7)
        """, 7);

    // By the index that leaves the fewest lines.
    readonly Statement all = Page(connection, "true"), ofIncident = Page(connection, "incident = $6"),
        ofName = Page(connection, "name = $7"), ofReactor = Page(connection, "reactor = $8"),
        ofChannel = Page(connection, "channel = $9"),
        ofWhat = Page(connection, $"id in ({Begins.Replace("$1", "$10", StringComparison.Ordinal)})");

    readonly Statement begins = new(connection, $"select count(*) from ({Begins} limit {Few})", 1);

    // The calendar may have been put back meanwhile: what is later need not stand behind. A time that leaves nothing out is not looked for.
    readonly Statement span = new(connection, """
        select
            case when $1 <= (select min(time) from ledger) then 0
                else (select min(id) from ledger indexed by ledger_time where time >= $1 and time < $2) end,
            case when $2 > (select max(time) from ledger) then 1 << 62
                else (select max(id) from ledger indexed by ledger_time where time >= $1 and time < $2) end
        """, 2);

    readonly Statement pruneOld = new(connection, """
        delete from ledger where id in (select id from ledger where time < $1 order by time limit $2)
        """, 2);

    readonly Statement pruneFirst = new(connection, """
        delete from ledger where id in (select id from ledger where id <= (select max(id) from ledger) - $1 order by id limit $2)
        """, 2);

    readonly Statement used = new(connection, """
        select (page_count - freelist_count) * page_size from pragma_page_count, pragma_freelist_count, pragma_page_size
        """);

    public void Add(IReadOnlyCollection<LedgerLine> lines)
    {
        foreach (LedgerLine line in lines)
            add.Run(line.Time, line.What, line.Reactor, line.Name, line.Incident, line.Channel, line.Because);
        Prune(lines.Count + PruneMore);
    }

    /// <summary>Between which lines those of a time stand, the second not included; null: there are none.</summary>
    public (long First, long Before)? Span(LedgerQuery query)
    {
        if ((query.Since, query.Until) is (null, null)) return (0, long.MaxValue);
        using SqliteDataReader row = span.Read(query.Since ?? DateTimeOffset.MinValue, query.Until ?? DateTimeOffset.MaxValue);
        row.Read();
        return row.IsDBNull(0) || row.IsDBNull(1) ? null : (row.GetInt64(0), row.GetInt64(1) + 1);
    }

    /// <summary>Lines that may be meant, the last first.</summary>
    /// <param name="among">Between which; goes down to the last of those that were read.</param>
    public List<LedgerLine> Page(LedgerQuery query, ref (long First, long Before) among, int lines)
    {
        Statement page = query.Incident is not null ? ofIncident : query.Name is not null ? ofName : IsRare(query.What) ? ofWhat
            : query.Reactor is not null ? ofReactor : query.Channel is not null ? ofChannel : all;
        List<LedgerLine> read = [];
        using SqliteDataReader row = page.Read(among.First, among.Before, query.Since ?? DateTimeOffset.MinValue,
            query.Until ?? DateTimeOffset.MaxValue, lines, query.Incident, query.Name, query.Reactor, query.Channel, query.What);
        while (row.Read())
        {
            among.Before = row.GetInt64(0);
            read.Add(new LedgerLine(row.Time(1), row.Text(2))
            {
                Reactor = row.TextOrNull(3),
                Name = row.TextOrNull(4),
                Incident = row.TextOrNull(5),
                Channel = row.TextOrNull(6),
                Because = row.TextOrNull(7),
            });
        }
        return read;
    }

    bool IsRare(string? what) => what is not null && begins.Number(what) < Few;

    // Whoever reads the lines asks the query again, since the beginning of a blob is not compared here.
    static Statement Page(SqliteConnection connection, string how) => new(connection, $"""
        select id, time, what, reactor, name, incident, channel, because from ledger
        where {how} and id >= $1 and id < $2 and +time >= $3 and +time < $4
            and ($6 is null or +incident = $6) and ($7 is null or +name = $7) and ($8 is null or +reactor = $8)
            and ($9 is null or +channel = $9)
            and ($10 is null or typeof(what) = 'blob' or substr(what, 1, length($10)) = $10)
        order by id desc limit $5
        """, 10);

    // By time first: lines that were written while the calendar was wrong do not hold up the others.
    void Prune(int most)
    {
        most -= pruneOld.Run(options.TimeProvider.GetUtcNow() - options.KeepFor, most);
        if (most > 0 && used.Number() > options.MostBytes) pruneFirst.Run(KeepAlways, most);
    }
}
