namespace Godot.Storage;

/// <summary>What the tables are. The file's <c>user_version</c> says how many of the migrations it has gone through.</summary>
static class Schema
{
    /// <summary>
    /// Each brings a file of the version before up to the next. They only ever grow in number: files out there have gone through them. A
    /// new format of incidents (<see cref="KeptFormat"/>) is one as well, though no table changes: an older program must refuse the file.
    /// </summary>
    public static readonly IReadOnlyList<string> Migrations =
    [
        // Times are 100 ns since the year 1, in UTC. A key is AlertKey's text, and is never deleted.
        """
        create table incidents (id text primary key not null, version integer not null, data blob not null);
        create table keys (key text primary key not null, episodes integer not null, openings blob not null) without rowid;
        create table silences (
            id text primary key not null, query text not null, made_by text not null, reason text,
            begins integer not null, ends integer not null);
        create table commands (id text primary key not null, time integer not null) without rowid;
        create table ledger (
            id integer primary key, time integer not null, what text not null,
            reactor text, name text, incident text, channel text, because text);
        create index ledger_time on ledger (time);
        create index ledger_name on ledger (name);
        create index ledger_incident on ledger (incident);
        """,
        // The ledger is asked for these as well.
        """
        create index ledger_reactor on ledger (reactor);
        create index ledger_channel on ledger (channel);
        create index ledger_what on ledger (what);
        """,
        // What is decided and not delivered; which message told an incident's opening over a channel.
        """
        create table outbox (
            id text primary key not null, channel text not null, attempts integer not null, may_be_taken integer not null, next integer,
            error text, dead integer, version integer not null, data blob not null);
        create table openings (
            incident text not null, channel text not null, message text not null, primary key (incident, channel)) without rowid;
        """,
    ];

    public static int Version => Migrations.Count;
}
