using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Godot.Storage;

/// <summary>
/// A statement that is compiled once and run often. Its parameters are <c>$1</c>, <c>$2</c> and so on; texts are kept exactly, times in
/// 100 ns of UTC.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A connection that closes ends its statements.")]
sealed class Statement
{
    readonly SqliteCommand command;

    public Statement(SqliteConnection connection, string sql, int parameters = 0)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter($"${i}", null));
    }

    /// <summary>
    /// Runs one that is not needed again. A statement that is left to the collector keeps its connection, and the file, open until that
    /// comes by.
    /// </summary>
    public static void RunOnce(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        Statement once = new(connection, sql, values.Length);
        using (once.command) once.Run(values);
    }

    /// <summary>The same with one that says something.</summary>
    public static T ReadOnce<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        Statement once = new(connection, sql);
        using (once.command)
        using (SqliteDataReader row = once.Read())
            return read(row);
    }

    /// <summary>Runs it; returns how many rows it changed.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs it for what it says.</summary>
    public SqliteDataReader Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteReader();
    }

    /// <summary>Runs it for one number.</summary>
    public long Number(params ReadOnlySpan<object?> values)
    {
        using SqliteDataReader row = Read(values);
        row.Read();
        return row.GetInt64(0);
    }

    void Bind(ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                string text => ExactText.ToColumn(text),
                DateTimeOffset time => time.UtcTicks,
                var other => other,
            };
        }
    }
}
