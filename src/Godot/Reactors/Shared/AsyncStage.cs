namespace Godot;

/// <summary>
/// Asks a function about each event, and goes on when it has answered: on the lane, in order unless told otherwise. The function's first
/// part, up to where it waits, runs on the lane; an answer that is there by then is not waited for.
/// </summary>
abstract class AsyncStage<TAnswer>(Func<Event, CancellationToken, Task<TAnswer>> function, AsyncOptions options) : Stage
{
    // What waits in it keeps the key; nothing else does.
    protected internal override TimeSpan Remembers => TimeSpan.Zero;

    internal override bool MayBeForced => false;

    sealed class Call(Event e)
    {
        public Event Event => e;

        // Null until it is its turn.
        public Task<TAnswer>? Answer;
    }

    // All that are not settled, oldest first; and of these those whose turn has not come.
    readonly List<Call> held = [];
    readonly Queue<Call> waiting = new();
    int underWay;

    // The pass that is handing over answers: another one's could overtake them.
    object? carrier;

    /// <summary>The function has answered.</summary>
    protected abstract void Answered(Event e, TAnswer answer);

    public override void On(EventView e)
    {
        if (held.Count >= (long)options.Concurrency + options.Capacity)
            throw new InvalidOperationException(
                $"{held.Count} events wait for a function's answer; raise Concurrency or Capacity in AsyncOptions, or make the function "
                    + $"faster.");
        Hold(e.ToEvent());
        Advance();
    }

    void Hold(Event e)
    {
        Call call = new(e);
        held.Add(call);
        waiting.Enqueue(call);
    }

    void Advance()
    {
        while (underWay < options.Concurrency && waiting.TryDequeue(out Call? call)) Begin(call);
        if (options.KeepOrder) SettleInOrder();
        else SettleAll();
    }

    void SettleInOrder()
    {
        // Who waits for every answer has one thread.
        if (Host.WaitsForTasks)
        {
            SettleFirst();
        }
        else if ((carrier is null || carrier == Host.Pass) && SettleFirst() && carrier is null)
        {
            carrier = Host.Pass;
            Host.WhenDelivered(() => Post(HandedOver));
        }
    }

    void HandedOver()
    {
        carrier = null;
        Advance();
    }

    bool SettleFirst()
    {
        int settled = 0;
        for (; settled < held.Count && held[settled].Answer is { IsCompleted: true } answer; settled++) Settle(held[settled].Event, answer);
        held.RemoveRange(0, settled);
        return settled > 0;
    }

    void SettleAll()
    {
        for (int i = 0; i < held.Count;)
        {
            if (held[i] is { Answer: { IsCompleted: true } answer, Event: var e })
            {
                held.RemoveAt(i);
                Settle(e, answer);
            }
            else i++;
        }
    }

    void Begin(Call call)
    {
        bool wait = Host.WaitsForTasks;
        call.Answer = wait ? Task.Run(() => Ask(call.Event, TimeProvider.System)) : Ask(call.Event, Clock);
        if (wait) Task.WaitAny(call.Answer);
        if (call.Answer.IsCompleted) return;
        underWay++;
        call.Answer.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => Post(End));
    }

    void End()
    {
        underWay--;
        Advance();
    }

    async Task<TAnswer> Ask(Event e, TimeProvider clock)
    {
        using CancellationTokenSource stop = new(options.Timeout, clock);
        try
        {
            return await function(e, stop.Token).WaitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The function has not answered within {options.Timeout.TotalSeconds} s, its Timeout in AsyncOptions.");
        }
    }

    void Settle(Event e, Task<TAnswer> answer)
    {
        if (answer.IsCompletedSuccessfully) Answered(e, answer.Result);
        else Host.Lost(this, answer.Exception?.InnerException ?? new TaskCanceledException(answer), e);
    }

    protected override void Flush()
    {
        foreach (Call call in held)
        {
            if (call.Answer is { } answer)
            {
                Task.WaitAny(answer);
                Settle(call.Event, answer);
            }
            else
            {
                Host.Lost(this, new OperationCanceledException("The reactor ended before it was the event's turn."), call.Event);
            }
        }
        held.Clear();
        waiting.Clear();
    }

    // The function is asked again.
    protected override void Save(StateWriter state)
    {
        state.Write(held.Count);
        foreach (Call call in held) state.Write(call.Event);
    }

    protected override void Load(StateReader state)
    {
        for (int left = state.ReadInt32(); left > 0; left--) Hold(state.ReadEvent());
        if (held.Count > 0) After(TimeSpan.Zero, Advance);
    }

    protected override bool MayForget() => held.Count == 0;
}
