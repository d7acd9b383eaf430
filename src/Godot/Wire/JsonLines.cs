namespace Godot;

/// <summary>
/// JSON lines from one connection, or one datagram: bytes in, blocks of events out. It never throws on input; what is no event is counted
/// by reason. Owned by one thread at a time.
/// </summary>
sealed class JsonLines(WireLimits limits)
{
    /// <summary>Where to put the next bytes; never empty.</summary>
    public Memory<byte> Free => throw new NotImplementedException();

    /// <summary>So many bytes were put into <see cref="Free"/>.</summary>
    public void Received(int count) => throw new NotImplementedException();

    /// <summary>No more bytes will come: what is left without a newline is a line too. After it was read, the reader may be filled again.</summary>
    public void Complete() => throw new NotImplementedException();

    /// <summary>
    /// Clears the block and fills it with the next events, about <paramref name="atMost"/> of them (a line is not divided). The block's bytes are valid until
    /// the next call of <see cref="Free"/>. False: there was nothing left to read, and the block is empty.
    /// </summary>
    /// <param name="arrival">100 ns since the unix epoch: the time of an event that says none.</param>
    public bool Read(Block block, long arrival, int atMost = 256) => throw new NotImplementedException();

    /// <summary>Well-formed events so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>Rejects so far, by <see cref="RejectReason"/>.</summary>
    public long[] Rejected { get; } = new long[RejectReasons.Names.Length];

    /// <summary>The beginning of what was last rejected for this reason, at most 200 bytes, for the log; empty if nothing was.</summary>
    public ReadOnlySpan<byte> Sample(RejectReason reason) => throw new NotImplementedException();

    readonly WireLimits limits = limits;
}
