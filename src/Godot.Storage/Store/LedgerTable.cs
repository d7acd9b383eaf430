using Microsoft.Data.Sqlite;

namespace Godot.Storage;

/// <summary>The lines of the ledger, and how many of them are kept. Lines come at one end and go at the other.</summary>
sealed class LedgerTable(SqliteConnection connection, StoreOptions options)
{
    // What goes beyond as many lines as come, so that a limit that was lowered is reached after a while and no commit waits for it.
    const int PruneMore = 100;

    // However large the rest of the file is.
    const int KeepAlways = 10_000;

    readonly Statement add = new(connection, """
        insert into ledger (time, what, reactor, name, incident, channel, because) values ($1, $2, $3, $4, $5, $6, $7)
        """, 7);

    readonly Statement page = new(connection, """
        select id, time, what, reactor, name, incident, channel, because from ledger where id < $1 order by id desc limit $2
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

    /// <summary>Lines before one, the last first.</summary>
    /// <param name="before">Goes down to the last of these.</param>
    public List<LedgerLine> Page(ref long before, int lines)
    {
        List<LedgerLine> read = [];
        using SqliteDataReader row = page.Read(before, lines);
        while (row.Read())
        {
            before = row.GetInt64(0);
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

    // By time first: lines that were written while the calendar was wrong do not hold up the others.
    void Prune(int most)
    {
        most -= pruneOld.Run(options.TimeProvider.GetUtcNow() - options.KeepFor, most);
        if (most > 0 && used.Number() > options.MostBytes) pruneFirst.Run(KeepAlways, most);
    }
}
