using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Godot.Storage;

/// <summary>Opens the file of a store: for this process alone, sound, and with today's tables.</summary>
sealed partial class StoreFile(string path, StoreOptions options, ILogger log)
{
    // How often a look for damage asks what time it is: every so many instructions, a millisecond or so.
    const int CheckPulse = 10_000;

    // What SQLite keeps beside a file.
    static readonly string[] Parts = ["", "-wal", "-shm", "-journal"];

    /// <exception cref="StoreException">It cannot be: the message says why.</exception>
    public SqliteConnection Open()
    {
        // SQLite would delete a write-ahead log without its file.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 } && File.Exists($"{path}-wal"))
            SetAside("its -wal is there and the file itself is not");
        for (bool isNew = false; ; isNew = true)
        {
            try
            {
                return TryOpen();
            }
            catch (SqliteException e) when (!isNew && e.SqliteErrorCode is (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB))
            {
                SetAside(e.Message);
            }
            catch (SqliteException e)
            {
                throw Refused(e);
            }
        }
    }

    SqliteConnection TryOpen()
    {
        // A second: whoever is ending may still have it. Not in a pool: closed means closed.
        SqliteConnectionStringBuilder how = new() { DataSource = path, Pooling = false, DefaultTimeout = 1 };
        SqliteConnection connection = new(how.ToString());
        try
        {
            connection.Open();
            if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1) throw new SqliteException("", raw.SQLITE_READONLY);
            // Until it is known to be sound, nothing is written to it, not at its end either.
            raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            // Held from the first read to the end; SQLite then needs no memory that is shared over a file.
            Run(connection, "pragma locking_mode = exclusive");
            RefuseNewer(connection);
            Run(connection, "pragma cell_size_check = on");
            Check(connection);
            raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, out _);
            Run(connection, "pragma journal_mode = wal");
            Run(connection, "pragma synchronous = full");
            Run(connection, "pragma temp_store = memory");
            // A log that has become long is cut once what it has is in the file.
            Run(connection, "pragma journal_size_limit = 16777216");
            Migrate(connection);
            CheckTables(connection);
            return connection;
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    void RefuseNewer(SqliteConnection connection)
    {
        long version = VersionOf(connection);
        if (version > Schema.Version)
            throw new StoreException($"{path} was written by a newer version of this program (its tables are of version {version}, this "
                + $"one knows {Schema.Version}): run that version, or give this one another folder with --data DIR.");
    }

    static void Migrate(SqliteConnection connection)
    {
        for (int version = (int)VersionOf(connection); version < Schema.Version; version++)
            Run(connection, string.Create(CultureInfo.InvariantCulture,
                $"begin immediate; {Schema.Migrations[version]}; pragma user_version = {version + 1}; commit"));
        // A file of today's version is written to as well, so that a start and not the first alert finds out that it cannot be.
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {Schema.Version}"));
    }

    // A bit that flipped in the text of a table's definition is sound to SQLite: a column has another name then.
    static void CheckTables(SqliteConnection connection)
    {
        using SqliteConnection asMade = new("Data Source=:memory:");
        asMade.Open();
        Migrate(asMade);
        if (TablesOf(connection) != TablesOf(asMade))
            throw new SqliteException("the definitions of its tables have changed", raw.SQLITE_CORRUPT);
    }

    static string TablesOf(SqliteConnection connection) =>
        Statement.ReadOnce(connection, "select type, name, tbl_name, coalesce(sql, '') from sqlite_schema", row =>
        {
            List<string> tables = [];
            while (row.Read()) tables.Add(string.Join(' ', Enumerable.Range(0, 4).Select(row.GetString)));
            return string.Join('\n', tables.Order(StringComparer.Ordinal));
        });

    void Check(SqliteConnection connection)
    {
        TimeProvider time = options.TimeProvider;
        long start = time.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, CheckPulse, _ => time.GetElapsedTime(start) > options.CheckFor ? 1 : 0, null);
        try
        {
            string found = Statement.ReadOnce(connection, "pragma quick_check(1)", row => row.Read() ? row.GetString(0) : "");
            // What it says may begin with a line that says of which database; there is but one.
            if (found != "ok") throw new SqliteException(found.Split('\n')[^1], raw.SQLITE_CORRUPT);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            LogNotChecked(path, options.CheckFor.TotalSeconds);
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    // The log last: a start that finds it alone sets it aside.
    void SetAside(string why)
    {
        string time = options.TimeProvider.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string name = $"{path}.damaged-{time}";
        for (int i = 2; Parts.Any(part => File.Exists(name + part)); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{time}-{i}");
        try
        {
            foreach (string part in Parts.Where(part => File.Exists(path + part))) File.Move(path + part, name + part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} is damaged ({why}) and cannot be set aside ({e.Message}): move it away, or give this program "
                + "another folder with --data DIR.", e);
        }
        LogSetAside(path, why, name);
    }

    StoreException Refused(SqliteException e)
    {
        string sentence = e.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY => $"{path} is in use by {FileHolders.Of(path) ?? "another process"}: two programs cannot share it. "
                + "End that one, or give this one another folder with --data DIR.",
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
                $"{path} cannot be opened to write ({Reason(e)}): let this program write there, give it another folder with --data DIR, or "
                + "none with --data none.",
            _ => $"{path} cannot be opened ({e.Message}): mend that, give this program another folder with --data DIR, or none with "
                + "--data none.",
        };
        return new StoreException(sentence, e);
    }

    /// <summary>What SQLite says, without what its wrapper says around it.</summary>
    public static string Reason(SqliteException e) => raw.sqlite3_errstr(e.SqliteErrorCode).utf8_to_string();

    static long VersionOf(SqliteConnection connection) =>
        Statement.ReadOnce(connection, "pragma user_version", row => row.Read() ? row.GetInt64(0) : 0);

    static void Run(SqliteConnection connection, string sql) => Statement.RunOnce(connection, sql);

    [LoggerMessage(1, LogLevel.Critical, "{File} is damaged: {Why}. It is now {Aside}, and a new one begins: incidents that were open, "
        + "silences and the ledger are not known any more.")]
    partial void LogSetAside(string file, string why, string aside);

    [LoggerMessage(2, LogLevel.Warning, "{File} is too large to look for damage in all of it in {Seconds} s; it is used as it is.")]
    partial void LogNotChecked(string file, double seconds);
}
