using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Godot.Storage;

/// <summary>
/// Texts in columns, such that each comes back exactly and no two are one. What UTF-8 cannot say (half a surrogate pair), and NUL, at which
/// a text ends for many that read such files, stands as a blob of UTF-16, which equals no text.
/// </summary>
static class ExactText
{
    public static object ToColumn(string text) => IsPlain(text) ? text : MemoryMarshal.AsBytes(text.AsSpan()).ToArray();

    extension(SqliteDataReader row)
    {
        public string? TextOrNull(int column) => row.GetValue(column) switch
        {
            string text => text,
            byte[] utf16 => new string(MemoryMarshal.Cast<byte, char>(utf16)),
            _ => null,
        };

        public string Text(int column) => row.TextOrNull(column)!;

        public DateTimeOffset? TimeOrNull(int column) => row.IsDBNull(column) ? null : row.Time(column);

        public DateTimeOffset Time(int column) => new(row.GetInt64(column), TimeSpan.Zero);
    }

    static bool IsPlain(string text)
    {
        ReadOnlySpan<char> rest = text;
        if (rest.Contains('\0')) return false;
        while (rest.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (Rune.DecodeFromUtf16(rest[at..], out _, out int length) != OperationStatus.Done) return false;
            rest = rest[(at + length)..];
        }
        return true;
    }
}
