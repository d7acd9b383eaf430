namespace Godot.Events;

/// <summary>
/// JSON lines: bytes in, blocks of events out. It never throws on input; what is no event is counted by reason. Owned by one thread at a time.
/// Connections may share one: <see cref="Resume"/>, as many reads as there are bytes, <see cref="Suspend"/>.
/// </summary>
/// <param name="room">What <see cref="Free"/> offers at least when nothing is left unread: for datagrams, the longest one.</param>
sealed class JsonLines(WireLimits limits, int room = 4 * 1024)
{
    const int Busy = 128 * 1024;

    readonly Rejects rejects = new(), incomplete = new();
    EventReader? reader;

    // Bytes from `start` to `end` are not read yet; up to `scanned` there is no newline among them, up to `covered` the reader has marks of
    // them. Behind the room for bytes is some for looking ahead.
    byte[] buffer = new byte[JsonScanner.Padding];
    int start, scanned, end, covered;

    // The last read filled all that was free: more is waiting.
    bool filled;

    // What came of the first line before it was resumed. Its place is kept, but it is copied there only when it is needed: once for a line.
    PartialLine? earlier;

    // The rest of a line that was too long is being skipped.
    bool skipping;
    bool completed;

    // A line of another protocol ends the stream.
    bool endsAtOther;

    /// <summary>The stream has ended at a line of another protocol; what came after it is not read.</summary>
    public bool Ended { get; private set; }

    /// <summary>Where to put the next bytes; never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (start == end) start = scanned = end = covered = 0;
            if (Room - end <= Room / 4 || (filled && Room < Busy)) MakeRoom();
            return buffer.AsMemory(end, Room - end);
        }
    }

    /// <summary>So many bytes were put into <see cref="Free"/>.</summary>
    public void Received(int count)
    {
        end += count;
        filled = end == Room;
    }

    /// <summary>No more bytes will come: what is left without a newline is a line too. After it was read, the reader may be filled again.</summary>
    public void Complete() => completed = true;

    /// <summary>Goes on with a stream whose last line is not complete, if nothing is left unread of another.</summary>
    public void Resume(PartialLine line)
    {
        (start, scanned, end, covered) = (0, line.Length, line.Length, line.Length);
        (skipping, completed) = (line.Skipping, false);
        (endsAtOther, Ended) = (line.EndsAtOtherProtocol, false);
        earlier = line.Length > 0 ? line : null;
        if (end > Room) MakeRoom();
    }

    /// <summary>Leaves a stream, once <see cref="Read"/> has returned false: what there is of its last line goes where it was resumed from.</summary>
    public void Suspend(PartialLine line)
    {
        line.Skipping = skipping;
        line.Append(buffer.AsSpan((start + line.Length)..end));
        (start, scanned, end, covered) = (0, 0, 0, 0);
        skipping = false;
        earlier = null;
    }

    /// <summary>
    /// Clears the block and fills it with the next events, about <paramref name="atMost"/> of them (a line is not divided). The block's bytes are valid until
    /// the next call of <see cref="Free"/>. False: there was nothing left to read, and the block is empty.
    /// </summary>
    /// <param name="arrival">100 ns since the unix epoch: the time of an event that says none.</param>
    public bool Read(Block block, long arrival, int atMost = 256)
    {
        reader ??= new EventReader(limits, rejects, incomplete);
        block.Attach(buffer);
        if (covered < end || completed) Look(reader.Marks);
        while (block.Count < atMost && NextLine(out int from, out int length))
        {
            if (buffer[from] != '{' && EndsAt(from, length)) break;
            if (length > limits.LineLength) rejects.Add(RejectReason.TooLong, buffer.AsSpan(from, length));
            else reader.Read(block, from, length, arrival);
        }
        Accepted += block.Count;
        return block.Count > 0;
    }

    /// <summary>Well-formed events so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>Rejects so far, by <see cref="RejectReason"/>.</summary>
    public long[] Rejected => rejects.Counts;

    /// <summary>Of the accepted events, those that are kept without a member, by <see cref="RejectReason"/>.</summary>
    public long[] Incomplete => incomplete.Counts;

    /// <summary>The beginning of the last of these, as <see cref="Sample"/>.</summary>
    public ReadOnlySpan<byte> IncompleteSample(RejectReason reason) => incomplete.Sample(reason);

    /// <summary>The beginning of what was last rejected for this reason, at most 200 bytes, for the log; empty if nothing was.</summary>
    public ReadOnlySpan<byte> Sample(RejectReason reason) => rejects.Sample(reason);

    void Look(StructuralIndex marks)
    {
        if (completed) buffer[end] = (byte)'\n';
        marks.Cover(buffer, covered, end);
        covered = end;
        if (earlier is not null && (completed || skipping || end - start > limits.LineLength || marks.Newline(scanned, end) >= 0)) Bring(earlier, marks);
    }

    void Bring(PartialLine line, StructuralIndex marks)
    {
        line.Bytes.CopyTo(buffer);
        marks.Cover(buffer, 0, line.Length);
        line.Clear();
        earlier = null;
    }

    bool NextLine(out int from, out int length)
    {
        while (true)
        {
            int newline = scanned < end ? reader!.Marks.Newline(scanned, end) : -1;
            (from, length) = (start, (newline < 0 ? end : newline) - start);
            if (newline >= 0)
            {
                start = scanned = newline + 1;
                if (!skipping) return true;
                skipping = false;
                if (!endsAtOther || !OtherProtocol.SpokeAtTheEnd(buffer.AsSpan(from, length))) continue;
                End(buffer.AsSpan(from, length));
                return false;
            }

            scanned = end;
            if (completed)
            {
                bool isLine = length > 0 && !skipping;
                start = end;
                completed = skipping = false;
                return isLine;
            }
            if (skipping)
            {
                SkipToTail();
            }
            else if (length > limits.LineLength && !EndsAt(from, length))
            {
                rejects.Add(RejectReason.TooLong, buffer.AsSpan(from, length));
                skipping = true;
                SkipToTail();
            }
            return false;
        }
    }

    // A line that is too long may still be a request's; its end will tell.
    void SkipToTail() => start = endsAtOther ? Math.Max(start, end - OtherProtocol.Tail) : end;

    bool EndsAt(int from, int length)
    {
        ReadOnlySpan<byte> line = buffer.AsSpan(from, length);
        if (!endsAtOther || !OtherProtocol.Speaks(line)) return false;
        End(line);
        return true;
    }

    void End(ReadOnlySpan<byte> line)
    {
        rejects.Add(RejectReason.OtherProtocol, line);
        start = scanned = end;
        Ended = true;
    }

    // Moves what is not read yet to the front, and where that alone would soon have to be done again, into a buffer twice as large.
    void MakeRoom()
    {
        int kept = end - start, elsewhere = earlier?.Length ?? 0;
        byte[] target = buffer;
        if (kept >= Room / 2 || (filled && Room < Busy))
            target = new byte[Math.Clamp(Math.Max(Room, kept) * 2L, room, Math.Max(room + kept, Largest)) + JsonScanner.Padding];
        if (elsewhere < kept) buffer.AsSpan((start + elsewhere)..end).CopyTo(target.AsSpan(elsewhere));
        (buffer, scanned, end, start, covered) = (target, scanned - start, kept, 0, 0);
        filled = false;
    }

    // A line that is not too long, and as much again, so that moving it costs less than receiving it did.
    long Largest => Math.Min(Math.Max(2 * (limits.LineLength + 1L), Busy), Array.MaxLength - JsonScanner.Padding);

    int Room => buffer.Length - JsonScanner.Padding;
}
