using System.Runtime.InteropServices;

namespace Godot.Memory;

/// <summary>
/// The texts of keys, side by side in pages: a key costs its own bytes and about four more, and no object. A key is a pair of texts, either
/// of which may be empty. None is ever removed: whoever is rid of many copies the others.
/// </summary>
sealed class KeyArena
{
    // An address is a page and a place in it, counted in units.
    const int UnitBits = 2, Unit = 1 << UnitBits, PageBits = 14, PageBytes = Unit << PageBits, MostPages = 1 << (32 - PageBits);

    // Before each text stands its length: a byte, or this one and four more.
    const byte Long = byte.MaxValue;

    const int SmallestPage = 1024;

    byte[][] pages = [new byte[SmallestPage]];
    int current;

    // Address 0 stands for none.
    int used = Unit;

    /// <summary>Stores a key and returns where it stands; never 0.</summary>
    /// <exception cref="InvalidOperationException">The texts take 16 GB already.</exception>
    public uint Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int size = SizeOf(first) + SizeOf(second) + Unit - 1 & -Unit;
        if (used + size > pages[current].Length) MakeRoom(size);
        int at = used;
        used += size;
        Span<byte> entry = pages[current].AsSpan(at, size);
        Write(first, entry);
        Write(second, entry[SizeOf(first)..]);
        return (uint)(current << PageBits | at >> UnitBits);
    }

    public bool Is(uint address, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ReadOnlySpan<byte> entry = From(address);
        return Read(ref entry).SequenceEqual(first) && Read(ref entry).SequenceEqual(second);
    }

    public ReadOnlySpan<byte> First(uint address)
    {
        ReadOnlySpan<byte> entry = From(address);
        return Read(ref entry);
    }

    public ReadOnlySpan<byte> Second(uint address)
    {
        ReadOnlySpan<byte> entry = From(address);
        Read(ref entry);
        return Read(ref entry);
    }

    public void Prefetch(uint address) => Cache.Prefetch(in From(address)[0]);

    static int SizeOf(ReadOnlySpan<byte> text) => 1 + (text.Length < Long ? 0 : sizeof(int)) + text.Length;

    static void Write(ReadOnlySpan<byte> text, Span<byte> entry)
    {
        entry[0] = (byte)Math.Min(text.Length, Long);
        if (text.Length >= Long) MemoryMarshal.Write(entry[1..], text.Length);
        text.CopyTo(entry[(SizeOf(text) - text.Length)..]);
    }

    static ReadOnlySpan<byte> Read(scoped ref ReadOnlySpan<byte> entry)
    {
        int length = entry[0], at = 1;
        if (length == Long) (length, at) = (MemoryMarshal.Read<int>(entry[1..]), 1 + sizeof(int));
        ReadOnlySpan<byte> text = entry.Slice(at, length);
        entry = entry[(at + length)..];
        return text;
    }

    ReadOnlySpan<byte> From(uint address) => pages[address >> PageBits].AsSpan((int)(address & ((1 << PageBits) - 1)) << UnitBits);

    // Only the first page grows, so that few keys cost little. A text that is larger than a page has one to itself.
    void MakeRoom(int size)
    {
        int wanted = used + size;
        if (current == 0 && wanted <= PageBytes)
        {
            Array.Resize(ref pages[0], Math.Min(PageBytes, Math.Max(wanted, 2 * pages[0].Length)));
            return;
        }
        if (current + 1 == MostPages)
            throw new InvalidOperationException(
                "The names of one lane's keys take 16 GB, as much as they may. Lower MaxSeries or MaxKeys.");
        if (++current == pages.Length) Array.Resize(ref pages, 2 * current);
        pages[current] = new byte[Math.Max(size, PageBytes)];
        used = 0;
    }
}
