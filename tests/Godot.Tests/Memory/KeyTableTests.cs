using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Events;
using Godot.Memory;

namespace Godot.Tests;

public sealed class KeyTableTests
{
    // Few words, so that adding and removing meet; one that is larger than a page of texts, and none.
    static readonly string[] Words = ["", "a", "b", "ab", "cpu", "disk/sda", "\u00b0C", new('x', 100_000)];

    static Gen<(string First, string Second)> Key =>
        Gen.Zip(Gen.Elements(Words), Gen.Elements(Words)).Select(pair => (pair.Item1, pair.Item2));

    // Hashes that share their tag half the time: what decides is the text.
    static ulong HashOf((string First, string Second) key) => (ulong)(key.First.Length + key.Second.Length) % 2 * 0x1234_5678_0000_0001UL;

    [Property(MaxTest = 200)]
    public Property It_finds_what_a_dictionary_finds() => Prop.ForAll(Gen.Zip(Key, Gen.Choose(0, 3)).ListOf().ToArbitrary(), steps =>
    {
        KeyTable<int> table = new();
        Dictionary<(string, string), int> naive = [];
        int next = 0;
        foreach (((string First, string Second) key, int what) in steps)
        {
            if (what == 0)
            {
                int remainder = next % 3;
                table.RemoveAll((ref int value, uint _, ReadOnlySpan<byte> _, ReadOnlySpan<byte> _) => value % 3 == remainder);
                foreach ((string, string) gone in naive.Where(pair => pair.Value % 3 == remainder).Select(pair => pair.Key).ToList())
                    naive.Remove(gone);
            }
            else if (Find(table, key) is null)
            {
                table.Add(HashOf(key), Encoding.UTF8.GetBytes(key.First), Encoding.UTF8.GetBytes(key.Second), next);
                naive.Add(key, next);
            }
            next++;
            if (table.Count != naive.Count) return false;
        }
        return (from first in Words from second in Words select (first, second)).All(key =>
            Find(table, key) == (naive.TryGetValue(key, out int value) ? value : null));
    });

    [Fact]
    public void A_hundred_thousand_keys_are_each_found_and_their_texts_are_told_when_they_go()
    {
        KeyTable<int> table = new();
        for (int i = 0; i < 100_000; i++)
            table.Add(Hashing.Of(Encoding.UTF8.GetBytes($"host{i}")), Encoding.UTF8.GetBytes($"host{i}"), "cpu"u8, i);
        for (int i = 0; i < 100_000; i++)
        {
            int place = table.Find(Hashing.Of(Encoding.UTF8.GetBytes($"host{i}")), Encoding.UTF8.GetBytes($"host{i}"), "cpu"u8);
            Assert.Equal(i, table[place]);
        }
        int told = 0;
        table.RemoveAll((ref int value, uint _, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        {
            if (Encoding.UTF8.GetString(first) == $"host{value}" && second.SequenceEqual("cpu"u8)) told++;
            return value % 2 == 0;
        });
        Assert.Equal(100_000, told);
        Assert.Equal(50_000, table.Count);
    }

    static int? Find(KeyTable<int> table, (string First, string Second) key)
    {
        int place = table.Find(HashOf(key), Encoding.UTF8.GetBytes(key.First), Encoding.UTF8.GetBytes(key.Second));
        return place < 0 ? null : table[place];
    }
}
