namespace Godot;

/// <summary>
/// Between a UDP socket and the engine: a ring of bytes that one thread fills and another empties. A newline ends each datagram, so that from here on
/// datagrams are a stream of lines like any other. What does not fit is refused, whole.
/// </summary>
sealed class DatagramQueue(int capacity)
{
    public const int LongestDatagram = 65_535;

    readonly byte[] bytes = new byte[capacity];
    readonly Lock gate = new();
    readonly AutoResetEvent filled = new(false);
    int start, used;
    bool completed;

    /// <summary>False: there is no room.</summary>
    public bool TryWrite(ReadOnlySpan<byte> datagram)
    {
        lock (gate)
        {
            if (capacity - used < datagram.Length + 1) return false;
            bool wasEmpty = used == 0;
            Append(datagram);
            if (datagram is not [.., (byte)'\n']) Append("\n"u8);
            if (wasEmpty) filled.Set();
            return true;
        }
    }

    /// <summary>Nothing more will be written.</summary>
    public void Complete()
    {
        lock (gate) completed = true;
        filled.Set();
    }

    /// <summary>Takes what is there, and waits until something is. 0: nothing will be any more.</summary>
    public int Read(Span<byte> into)
    {
        while (true)
        {
            lock (gate)
            {
                int count = Math.Min(Math.Min(used, into.Length), capacity - start);
                if (count > 0)
                {
                    bytes.AsSpan(start, count).CopyTo(into);
                    start = (start + count) % capacity;
                    used -= count;
                    return count;
                }
                if (completed) return 0;
            }
            filled.WaitOne();
        }
    }

    void Append(ReadOnlySpan<byte> more)
    {
        int end = (start + used) % capacity;
        int first = Math.Min(more.Length, capacity - end);
        more[..first].CopyTo(bytes.AsSpan(end));
        more[first..].CopyTo(bytes);
        used += more.Length;
    }
}
