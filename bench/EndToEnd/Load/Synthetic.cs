using System.Globalization;
using System.Text;

namespace Godot.Bench;

/// <summary>Corpora made for one number: as many bytes whatever it is, so that reading them costs the same.</summary>
static class Synthetic
{
    const int Bytes = 100_000_000;

    /// <summary>
    /// A file's path, <c>keys:N</c> for that many series in no order, or <c>size:N</c> for 1,000 series with events so long.
    /// </summary>
    public static byte[] Load(string corpus) => corpus.Split(':') switch
    {
        ["keys", var keys] => Make(int.Parse(keys, CultureInfo.InvariantCulture), size: 100),
        ["size", var size] => Make(keys: 1000, int.Parse(size, CultureInfo.InvariantCulture)),
        _ => File.ReadAllBytes(corpus),
    };

    static byte[] Make(int keys, int size)
    {
        int count = Math.Max(keys, Bytes / size);
        byte[] corpus = new byte[(long)count * size];
        for (int i = 0; i < count; i++)
        {
            // A prime step goes through all keys, and never to the next one.
            long key = i * 7_368_787L % keys;
            string head =
                string.Create(CultureInfo.InvariantCulture,
                    $"{{\"host\":\"{key:0000000}.example.com\",\"service\":\"cpu\",\"metric\":42.5,\"ttl\":60,\"description\":\"");
            Span<byte> line = corpus.AsSpan(i * size, size);
            line.Fill((byte)'x');
            Encoding.UTF8.GetBytes(head, line);
            "\"}\n"u8.CopyTo(line[^3..]);
        }
        return corpus;
    }
}
