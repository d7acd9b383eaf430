using Godot.Runtime;

namespace Godot;

/// <summary>
/// Between a UDP socket and the engine: a ring of bytes that one thread fills and another empties. A newline ends each datagram, so that from here on
/// datagrams are a stream of lines like any other. What does not fit is refused, whole.
/// </summary>
/// <param name="capacity">In bytes.</param>
/// <param name="backlog">Since when what is in it waits.</param>
sealed class DatagramQueue(int capacity, Backlog? backlog = null)
{
    readonly byte[] bytes = new byte[capacity];
    readonly object gate = new();
    int start, used;
    bool completed;

    /// <summary>False: there is no room.</summary>
    public bool TryWrite(ReadOnlySpan<byte> datagram)
    {
        lock (gate)
        {
            if (capacity - used < datagram.Length + 1) return false;
            if (used == 0)
            {
                backlog?.Arrived();
                Monitor.Pulse(gate);
            }
            Append(datagram);
            if (datagram is not [.., (byte)'\n']) Append("\n"u8);
            return true;
        }
    }

    /// <summary>Nothing more will be written.</summary>
    public void Complete()
    {
        lock (gate)
        {
            completed = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Takes what is there, and waits until something is. 0: nothing will be any more.</summary>
    public int Read(Span<byte> into)
    {
        lock (gate)
        {
            if (used == 0) backlog?.Clear();
            while (used == 0 && !completed) Monitor.Wait(gate);
            backlog?.Reading();
            int count = Math.Min(Math.Min(used, into.Length), capacity - start);
            bytes.AsSpan(start, count).CopyTo(into);
            start = (start + count) % capacity;
            used -= count;
            backlog?.Received(count, used);
            return count;
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
