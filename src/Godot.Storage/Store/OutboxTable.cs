using Godot.Alerting;
using Microsoft.Data.Sqlite;

namespace Godot.Storage;

/// <summary>The rows of the outbox, and which messages told of openings.</summary>
sealed class OutboxTable(SqliteConnection connection)
{
    readonly Statement rows = new(connection, """
        select id, channel, attempts, may_be_taken, next, error, dead, version, data from outbox
        """);

    readonly Statement keep = new(connection, "insert or replace into outbox values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9);

    readonly Statement drop = new(connection, "delete from outbox where id = $1", 1);

    readonly Statement forgetDead = new(connection, """
        delete from outbox where id in (select id from outbox where dead is not null order by dead desc limit -1 offset $1)
        """, 1);

    readonly Statement openings = new(connection, "select incident, channel, message from openings");

    readonly Statement told = new(connection, "insert or replace into openings values ($1, $2, $3)", 3);

    readonly Statement forget = new(connection, "delete from openings where incident = $1 and channel = $2", 2);

    public void Write(Decisions decisions)
    {
        foreach ((string id, KeptMessage? row) in decisions.Outbox)
        {
            if (row is null) drop.Run(id);
            else keep.Run(id, row.Channel, row.Attempts, row.MayBeTaken, row.NextAt, row.Error, row.DeadAt, OutboxFormat.Version,
                OutboxFormat.Write(row));
        }
        if (decisions.Outbox.Values.Any(row => row?.DeadAt is not null)) forgetDead.Run(IAlertStore.MostDead);
        foreach ((ToldOver opening, string? message) in decisions.Openings)
        {
            if (message is null) forget.Run(opening.Incident, opening.Channel);
            else told.Run(opening.Incident, opening.Channel, message);
        }
    }

    /// <summary>The oldest first.</summary>
    /// <param name="unreadable">Told the id of one that is damaged.</param>
    public IReadOnlyList<KeptMessage> Rows(Action<string> unreadable)
    {
        List<KeptMessage> read = [];
        using SqliteDataReader row = rows.Read();
        while (row.Read())
        {
            if (OutboxFormat.Read(row.GetFieldValue<byte[]>(8), row.GetInt64(7), row.Text(0), row.Text(1)) is { } message)
                read.Add(message with
                {
                    Attempts = row.GetInt32(2),
                    MayBeTaken = row.GetBoolean(3),
                    NextAt = row.TimeOrNull(4),
                    Error = row.TextOrNull(5),
                    DeadAt = row.TimeOrNull(6),
                });
            else unreadable(row.Text(0));
        }
        return [.. read.OrderBy(message => message.Since).ThenBy(message => message.Id, StringComparer.Ordinal)];
    }

    public Dictionary<ToldOver, string> Openings()
    {
        Dictionary<ToldOver, string> all = [];
        using SqliteDataReader row = openings.Read();
        while (row.Read()) all.Add(new ToldOver(row.Text(0), row.Text(1)), row.Text(2));
        return all;
    }
}
