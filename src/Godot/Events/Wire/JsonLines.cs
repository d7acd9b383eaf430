namespace Godot.Events;

/// <summary>
/// JSON lines: bytes in, blocks of events out. It never throws on input; what is not an event is counted. Connections may share one:
/// <see cref="Resume"/>, as many reads as there are bytes, <see cref="Suspend"/>.
/// </summary>
/// <param name="room">What <see cref="EventDecoder.Free"/> offers at least when nothing is left unread.</param>
sealed class JsonLines(WireLimits limits, int room = 4 * 1024) : EventDecoder(limits, room)
{
    EventReader? reader;

    // Up to `scanned` there is no newline among the bytes that are not read, up to `covered` the reader has marks of them.
    int scanned, covered;

    // The rest of a line that was too long is being skipped.
    bool skipping;

    // A line of another protocol ends the stream.
    bool endsAtOther;

    /// <summary>Makes decoders of JSON lines: what ports read where nothing else is said.</summary>
    public static readonly Func<EventDecoder> New = () => new JsonLines(WireLimits.Default);

    internal override void Resume(PartialLine line)
    {
        (scanned, covered) = (line.Length, line.Length);
        skipping = line.Skipping;
        endsAtOther = line.EndsAtOtherProtocol;
        base.Resume(line);
    }

    internal override void Suspend(PartialLine line)
    {
        line.Skipping = skipping;
        base.Suspend(line);
        (scanned, covered) = (0, 0);
        skipping = false;
    }

    /// <summary>The spare byte ends what the datagram may have left open; behind a newline it is an empty line, which is nothing.</summary>
    internal override void Received(ReadOnlySpan<int> datagrams)
    {
        foreach (int length in datagrams)
        {
            end += length;
            buffer[end++] = (byte)'\n';
        }
    }

    internal override int EventsIn(ReadOnlySpan<byte> datagram) =>
        datagram.Count((byte)'\n') + (datagram is [.., (byte)'\n'] ? 0 : 1);

    private protected override void Fill(Block block, long arrival, int atMost)
    {
        reader ??= new EventReader(Limits, rejects, incomplete);
        block.Attach(buffer);
        if (covered < end || completed) Look(reader.Marks);
        while (block.Count < atMost && NextLine(out int from, out int length))
        {
            if (buffer[from] != '{' && EndsAt(from, length)) break;
            if (length > Limits.LineLength) rejects.Add(RejectReason.TooLong, buffer.AsSpan(from, length));
            else reader.Read(block, from, length, arrival);
        }
    }

    private protected override void Moved(int by) => (scanned, covered) = (scanned - by, 0);

    void Look(StructuralIndex marks)
    {
        if (completed) buffer[end] = (byte)'\n';
        marks.Cover(buffer, covered, end);
        covered = end;
        if (earlier is not { } line) return;
        if (!completed && !skipping && end - start <= Limits.LineLength && marks.Newline(scanned, end) < 0) return;
        int length = line.Length;
        Bring(line);
        marks.Cover(buffer, 0, length);
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
            else if (length > Limits.LineLength && !EndsAt(from, length))
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
}
