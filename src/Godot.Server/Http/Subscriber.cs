using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Godot.Recipes;
using Godot.Runtime;

namespace Godot;

/// <summary>
/// One who follows the events, over HTTP. Reactors never wait for it: what does not fit into its buffer is lost, counted, and told in its
/// place in the stream with a line <c>{"dropped":3}</c>. Events always have a time there, so the two cannot be mistaken for each other.
/// </summary>
sealed class Subscriber : ITap
{
    readonly StreamFormat format;
    readonly Action<long> lost;
    readonly Pipe pipe;
    readonly Sieve? sieve;

    // Under the lock.
    readonly Lock gate = new();
    readonly ArrayBufferWriter<byte> json = new();
    Task written = Task.CompletedTask;
    long dropped;
    bool ended;

    /// <param name="slot">Which of the subscribers it is; free again when it has gone.</param>
    /// <param name="buffer">So many bytes may wait, and one event more.</param>
    /// <param name="lost">Told how many events were just lost.</param>
    /// <param name="rest">Asked of each event, but not by whoever brings it; null: all that are brought pass.</param>
    /// <param name="looking">Where that is asked.</param>
    public Subscriber(int slot, StreamFormat format, int buffer, Action<long> lost, Filter? rest, TaskScheduler looking)
    {
        sieve = rest is null ? null : new Sieve(rest, buffer, looking, this);
        (Slot, this.format, this.lost) = (slot, format, lost);
        pipe = new Pipe(new PipeOptions(pauseWriterThreshold: buffer, resumeWriterThreshold: buffer / 2, useSynchronizationContext: false));
    }

    public int Slot { get; }

    /// <summary>What its reactor is called.</summary>
    public string Name => $"/events {Slot + 1}";

    public StreamFormat Format => format;

    /// <summary>Which commands it is told of; null: none.</summary>
    public Query? Commands { get; init; }

    /// <summary>What is to be sent.</summary>
    public PipeReader Lines => pipe.Reader;

    public void On(string reactor, EventView e)
    {
        if (sieve is not null) sieve.Take(e);
        else Pass(e);
    }

    /// <summary>One that is to be sent.</summary>
    public void Pass(EventView e)
    {
        lock (gate)
        {
            if (ended) return;
            if (TellDrops())
            {
                format.Write(e, json, pipe.Writer);
                written = Started(pipe.Writer.FlushAsync());
                return;
            }
            dropped++;
        }
        lost(1);
    }

    public void On(string reactor, IReadOnlyList<Event> batch)
    {
        foreach (Event e in batch) On(reactor, e);
    }

    /// <summary>Nothing came for a while: tells what was lost, and that the server is there.</summary>
    public void Beat()
    {
        lock (gate)
        {
            if (ended || !TellDrops()) return;
            pipe.Writer.Write(format.Beat);
            written = Started(pipe.Writer.FlushAsync());
        }
    }

    /// <summary>So many are lost behind the one that passed last.</summary>
    public void Lose(long events)
    {
        lock (gate) dropped += events;
        lost(events);
    }

    /// <summary>Nothing comes any more; what has come can still be read.</summary>
    public void End() => End(isRead: true);

    /// <summary>Nobody reads any more.</summary>
    public void Leave() => End(isRead: false);

    void End(bool isRead)
    {
        if (sieve is not null) sieve.End(isRead);
        else Complete();
    }

    /// <summary>Nothing passes any more; what is in the buffer can still be read.</summary>
    public void Complete()
    {
        lock (gate)
        {
            if (ended) return;
            if (dropped > 0) Tell();
            ended = true;
            pipe.Writer.Complete();
        }
    }

    // False: the buffer is full.
    bool TellDrops()
    {
        if (!written.IsCompleted) return false;
        if (dropped > 0) Tell();
        return true;
    }

    void Tell()
    {
        format.Write(Encoding.UTF8.GetBytes($$"""{"dropped":{{dropped}}}"""), pipe.Writer);
        dropped = 0;
    }

    static Task Started(ValueTask<FlushResult> flush) => flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
}
