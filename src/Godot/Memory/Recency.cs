namespace Godot.Memory;

/// <summary>
/// How long ago a key's last event came, in a byte: in sweeps, and, while room is short, in searches for room, which come more often. Also
/// whether it was the only one: what came once and never again is the first to be forgotten when room is short.
/// </summary>
readonly record struct Recency(byte Bits)
{
    // From the lowest bit on: searches, sweeps, whether there was only one event.
    const int SearchBits = 3, MostSearches = (1 << SearchBits) - 1, SweepUnit = 1 << SearchBits, Once = 0x80;

    // All bits set says that the key was made ahead of its first event, so no other may get there.
    const int MostSweeps = 14, MadeAhead = 0xFF;

    /// <summary>How many ranks there are.</summary>
    public const int Ranks = 3 * Once;

    /// <summary>Of a key that was made for its first event.</summary>
    public static Recency First => new(Once);

    /// <summary>Of a key whose first event is still to be run.</summary>
    public static Recency Ahead => new(MadeAhead);

    /// <summary>How many sweeps have come since the last event; not counted further than 14.</summary>
    public int Sweeps => (Bits & ~Once) >> SearchBits;

    /// <summary>An event has come. Asked of a recency that is not zero, as that of a key is whose events keep coming.</summary>
    public Recency Seen() => Bits == MadeAhead ? First : default;

    /// <summary>A sweep has come.</summary>
    public Recency Swept() => Bits == MadeAhead ? First : Sweeps < MostSweeps ? new((byte)(Bits + SweepUnit)) : this;

    /// <summary>A search for room has come.</summary>
    public Recency Searched() => Bits == MadeAhead ? First : (Bits & MostSearches) < MostSearches ? new((byte)(Bits + 1)) : this;

    /// <summary>True if no event has come since the last search or sweep.</summary>
    public bool MayGo => Bits != MadeAhead && (Bits & ~Once) != 0;

    /// <summary>
    /// The order in which keys are forgotten when room is short, the highest first: those that came once; then those that have been idle
    /// longest; last those that came once and hold something that waits. 0: it must stay, because it came since the last search, or because
    /// something waits in it.
    /// </summary>
    /// <param name="waits">Something waits in it.</param>
    /// <param name="mayBeForced">It may go all the same if there is nothing else.</param>
    public int Rank(bool waits, bool mayBeForced = true)
    {
        if (!MayGo) return 0;
        int idle = Bits & ~Once;
        bool once = (Bits & Once) != 0;
        return (once, waits) switch
        {
            (true, false) => 2 * Once + idle,
            (false, false) => Once + idle,
            (true, true) when mayBeForced => idle,
            _ => 0,
        };
    }
}
