using System.Runtime.InteropServices;

namespace Godot;

/// <summary>
/// The texts of keys, side by side in pages: a key costs its own bytes and about twelve more, and no object. A key is a pair of texts, either of which may
/// be empty. None is ever removed: whoever is rid of many copies the others.
/// </summary>
sealed class KeyTexts
{
    // An address is a page and a place in it, counted in units.
    const int UnitBits = 2, Unit = 1 << UnitBits, PageBits = 14, PageBytes = Unit << PageBits;

    // Before the texts stand their lengths.
    const int HeaderBytes = 2 * sizeof(int);

    const int SmallestPage = 1024;

    byte[][] pages = [new byte[SmallestPage]];
    int current;

    // Address 0 stands for none.
    int used = Unit;

    /// <summary>Stores a key and returns where it stands; never 0.</summary>
    public uint Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int size = SizeOf(first.Length + second.Length);
        if (used + size > pages[current].Length) MakeRoom(size);
        int at = used;
        used += size;
        Span<byte> entry = pages[current].AsSpan(at, size);
        MemoryMarshal.Write(entry, first.Length);
        MemoryMarshal.Write(entry[sizeof(int)..], second.Length);
        first.CopyTo(entry[HeaderBytes..]);
        second.CopyTo(entry[(HeaderBytes + first.Length)..]);
        return (uint)(current << PageBits | at >> UnitBits);
    }

    public bool Is(uint address, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ReadOnlySpan<byte> entry = From(address);
        return MemoryMarshal.Read<int>(entry) == first.Length && MemoryMarshal.Read<int>(entry[sizeof(int)..]) == second.Length
            && entry.Slice(HeaderBytes, first.Length).SequenceEqual(first)
            && entry.Slice(HeaderBytes + first.Length, second.Length).SequenceEqual(second);
    }

    public ReadOnlySpan<byte> First(uint address)
    {
        ReadOnlySpan<byte> entry = From(address);
        return entry.Slice(HeaderBytes, MemoryMarshal.Read<int>(entry));
    }

    public ReadOnlySpan<byte> Second(uint address)
    {
        ReadOnlySpan<byte> entry = From(address);
        return entry.Slice(HeaderBytes + MemoryMarshal.Read<int>(entry), MemoryMarshal.Read<int>(entry[sizeof(int)..]));
    }

    public void Prefetch(uint address) => Cache.Prefetch(in From(address)[0]);

    static int SizeOf(int text) => HeaderBytes + text + Unit - 1 & -Unit;

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
        if (++current == pages.Length) Array.Resize(ref pages, 2 * current);
        pages[current] = new byte[Math.Max(size, PageBytes)];
        used = 0;
    }
}
