namespace Godot;

/// <summary>The way of one connection's bytes into the engine: parsed, run through every reactor, counted. Owned by one thread at a time.</summary>
sealed class EventFeed(InputContext context, InputCounters counters, RejectLog rejects)
{
    readonly JsonLines lines = new(context.Options.Wire);
    readonly long[] rejected = new long[RejectReasons.Names.Length];
    long accepted;

    /// <summary>Where to put the next bytes.</summary>
    public Memory<byte> Free => lines.Free;

    /// <summary>So many bytes were put there; when this returns, all reactors have seen the events in them.</summary>
    public void Take(int count, Turn turn)
    {
        counters.AddBytes(count);
        lines.Received(count);
        Run(turn);
    }

    /// <summary>No more bytes will come: what is left without a newline is a line too.</summary>
    public void End(Turn turn)
    {
        lines.Complete();
        Run(turn);
    }

    void Run(Turn turn)
    {
        long arrival = EventRules.ToTicks(context.Clock.GetUtcNow());
        while (lines.Read(turn.Block, arrival))
        {
            Count();
            int dropped = context.Abandon.IsCancellationRequested ? turn.Block.Count : turn.Run();
            if (dropped > 0) counters.AddDropped(dropped);
        }
        Count();
    }

    void Count()
    {
        if (lines.Accepted != accepted)
        {
            counters.AddReceived(lines.Accepted - accepted);
            accepted = lines.Accepted;
        }
        for (int i = 0; i < rejected.Length; i++)
        {
            long more = lines.Rejected[i] - rejected[i];
            if (more == 0) continue;
            rejected[i] += more;
            counters.AddRejected((RejectReason)i, more);
            rejects.Note((RejectReason)i, lines.Sample((RejectReason)i));
        }
    }
}
