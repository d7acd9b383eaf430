namespace Godot;

/// <summary>
/// The way of one connection's bytes into the engine: parsed, run through every reactor, counted. It goes it with a turn, and keeps nothing between its turns
/// but the beginning of a line. Owned by one thread at a time.
/// </summary>
sealed class EventFeed(InputContext context, InputCounters counters, RejectLog rejects)
{
    readonly Unfinished line = new();
    readonly long[] rejected = new long[RejectReasons.Names.Length], incomplete = new long[RejectReasons.Names.Length];
    Turn turn = null!;

    /// <summary>What follows is with this turn, until <see cref="Leave"/>.</summary>
    public void Enter(Turn turn)
    {
        this.turn = turn;
        turn.Lines.Resume(line);
        turn.Lines.Rejected.CopyTo(rejected);
        turn.Lines.Incomplete.CopyTo(incomplete);
    }

    public void Leave()
    {
        turn.Lines.Suspend(line);
        turn = null!;
    }

    /// <summary>Where to put the next bytes.</summary>
    public Memory<byte> Free => turn.Lines.Free;

    /// <summary>So many bytes were put there; when this returns, all reactors have seen the events in them.</summary>
    public void Take(int count)
    {
        counters.AddBytes(count);
        turn.Lines.Received(count);
        Run();
    }

    /// <summary>No more bytes will come: what is left without a newline is a line too.</summary>
    public void End()
    {
        turn.Lines.Complete();
        Run();
    }

    void Run()
    {
        long arrival = EventRules.ToTicks(context.Clock.GetUtcNow());
        while (turn.Lines.Read(turn.Block, arrival))
        {
            counters.AddReceived(turn.Block.Count);
            CountRejected();
            int dropped = context.Abandon.IsCancellationRequested ? turn.Block.Count : turn.Run();
            if (dropped > 0) counters.AddDropped(dropped);
        }
        CountRejected();
    }

    void CountRejected()
    {
        JsonLines lines = turn.Lines;
        for (int i = 0; i < rejected.Length; i++)
        {
            long more = lines.Rejected[i] - rejected[i];
            if (more == 0) continue;
            rejected[i] += more;
            counters.AddRejected((RejectReason)i, more);
            rejects.Note((RejectReason)i, lines.Sample((RejectReason)i));
        }
        foreach (RejectReason reason in RejectReasons.OfMembers)
        {
            long more = lines.Incomplete[(int)reason] - incomplete[(int)reason];
            if (more == 0) continue;
            incomplete[(int)reason] += more;
            counters.AddIncomplete(reason, more);
            rejects.NoteIncomplete(reason, lines.IncompleteSample(reason));
        }
    }
}
