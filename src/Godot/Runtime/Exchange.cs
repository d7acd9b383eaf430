using System.Runtime.ExceptionServices;
using Godot.Events;
using Godot.Memory;

namespace Godot.Runtime;

/// <summary>
/// What a pass emits, and where that goes: in order of arrival to the next segment, to an output, or to those that subscribe to a topic,
/// and what comes of it in the same way, until nothing is left.
/// </summary>
/// <remarks>
/// Stages guard themselves. Should anything else throw, all that was emitted is handed over first, and the buffers are empty for the next
/// pass; then whoever feeds is told.
/// </remarks>
sealed class Exchange(Engine engine)
{
    // So many are divided among the lanes at once: a pass in which a million keys emit needs no more room than others.
    const int Part = 4096;

    // What waits to be handed over, by the number of its target, and which targets those are.
    EmissionBuffer?[] buffers = [];
    readonly PriorityQueue<int, int> waiting = new();

    readonly List<Action> whenDelivered = [];

    // Buffers for topics: those that wait until all publishers were run, and those that subscribers are reading.
    readonly List<(EmissionBuffer Buffer, Topic Topic)> published = [];
    readonly List<EmissionBuffer> handedOut = [];

    // The first thing that was thrown while something was handed over; the rest is handed over all the same.
    ExceptionDispatchInfo? thrown;

    // The reactors that the buffers are for: empty buffers of reactors that were removed would keep those for ever.
    Plan? plan;

    /// <summary>
    /// Orders what is emitted while the lane's current event or timer is handled: the event's number, or when the timer was due and how old
    /// its key is. What follows from it in other segments keeps the first, so that what several reactors publish on a topic is in the order
    /// of what it follows from.
    /// </summary>
    public (long First, long Second) Rank;

    /// <summary>The keys of what the pass runs now.</summary>
    public PassKeys Keys { get; } = new(engine.Lanes.Length);

    public Notices Notices { get; } = new(engine);

    /// <summary>Begins, with the reactors that run now.</summary>
    public void FollowPlan()
    {
        if (plan == engine.Plan || waiting.Count > 0) return;
        plan = engine.Plan;
        Array.Clear(buffers);
    }

    public void Emit(Target target, EventView e) => BufferFor(target).Add(e, Rank);

    public void Emit(Target target, IReadOnlyList<Event> batch) => BufferFor(target).Add(batch, Rank);

    /// <summary>The same with an event that stands where it arrived until all has been handed over.</summary>
    public void Emit(Target target, Block block, int index) => BufferFor(target).Add(block, index, Rank);

    /// <summary>
    /// Does something once all that was emitted so far has been handed over: what another thread emits afterwards cannot overtake it.
    /// </summary>
    public void WhenDelivered(Action act) => whenDelivered.Add(act);

    /// <summary>
    /// Hands over everything that was emitted, and what that emits, until nothing is left. What is thrown meanwhile is thrown by
    /// <see cref="Rethrow"/>.
    /// </summary>
    public void Deliver(bool inGrace = false)
    {
        do DeliverWithinReactors(inGrace);
        while (HandOut());
        foreach (Action act in whenDelivered) Guarded(act);
        whenDelivered.Clear();
    }

    /// <summary>Throws the first thing that was thrown since this was called last.</summary>
    public void Rethrow()
    {
        if (thrown is not { } first) return;
        thrown = null;
        first.Throw();
    }

    /// <summary>Does something; what it throws is thrown by <see cref="Rethrow"/>.</summary>
    public void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            thrown ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    void DeliverWithinReactors(bool inGrace)
    {
        // A target's number is higher than that of everything that sends to it: by the time it is lowest, its buffer is complete.
        while (waiting.TryDequeue(out int id, out _))
        {
            EmissionBuffer buffer = buffers[id]!;
            bool stays = false;
            try
            {
                buffer.Sort();
                if (buffer.Target is Publication publication && plan!.TopicOf(publication.Topic) is { } topic)
                {
                    published.Add((buffer, topic));
                    stays = true;
                }
                else if (buffer.Target is Segment segment) Run(segment, buffer);
                else if (buffer.Target is WayOut way)
                {
                    if (inGrace && IsMostly(way, buffer)) HandOverAsOne(way, buffer);
                    else HandOver(way, buffer);
                }
            }
            catch (Exception e)
            {
                thrown ??= ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                if (!stays) buffer.Clear();
            }
        }
    }

    void HandOver(WayOut way, EmissionBuffer buffer)
    {
        foreach (ref readonly EmissionBuffer.Item item in buffer.Items)
        {
            try
            {
                if (item.Batch is { } batch) way.Take(batch);
                else way.Take(item.View);
            }
            catch (Exception e)
            {
                thrown ??= ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    // More than a tenth of what the reactor went on with.
    bool IsMostly(WayOut way, EmissionBuffer buffer) =>
        buffer.Items.Length > 1
        && plan!.Reactors.FirstOrDefault(reactor => reactor.Name == way.Reactor) is { Inherited: > 0 and var keys }
        && buffer.Items.Length > keys / 10;

    // The machine was down, or the network: that is one thing to say, not thousands.
    static void HandOverAsOne(WayOut way, EmissionBuffer buffer)
    {
        List<Event> all = [];
        foreach (ref readonly EmissionBuffer.Item item in buffer.Items)
        {
            if (item.Batch is { } batch) all.AddRange(batch);
            else all.Add(item.View.ToEvent());
        }
        way.Take(all);
    }

    /// <summary>
    /// Puts what was published into the buffers of the subscribers: of those topics that nothing else which was published can lead to, so
    /// that what all their publishers have for them is there. False if nothing was.
    /// </summary>
    bool HandOut()
    {
        // The subscribers' buffers do not copy: they say where events stand in these.
        foreach (EmissionBuffer buffer in handedOut) buffer.Clear();
        handedOut.Clear();
        if (published.Count == 0) return false;
        HandOutLowest();
        return true;
    }

    // By itself: what its functions capture would be allocated by every pass, also by those that publish nothing.
    void HandOutLowest()
    {
        int level = published.Min(each => each.Topic.Level);
        // In the order in which the publishers were added: of what one event led to, the elder's comes first.
        foreach ((EmissionBuffer buffer, Topic topic) in published.Where(each => each.Topic.Level == level)
            .OrderBy(each => each.Buffer.Target.Id))
        {
            foreach (Segment subscriber in topic.Subscribers)
                foreach (ref readonly EmissionBuffer.Item item in buffer.Items)
                    BufferFor(subscriber).Add(item.Block!, item.Index, item.Rank);
            handedOut.Add(buffer);
        }
        published.RemoveAll(each => each.Topic.Level == level);
    }

    /// <summary>Runs what reached a segment from another one: each event on the lane of its key.</summary>
    void Run(Segment segment, EmissionBuffer buffer)
    {
        ReadOnlySpan<EmissionBuffer.Item> items = buffer.Items;
        // They are in order now, whatever lanes they came from: numbered anew, the keys that they make here have an order too.
        long number = engine.NumberArrivals(items.Length);
        if (segment.Sharding == Sharding.One)
        {
            RunOne(segment.Shards[0], items, number);
            return;
        }
        for (int at = 0; at < items.Length; at += Part) Run(segment, items[at..Math.Min(at + Part, items.Length)], number + at);
    }

    void Run(Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        Keys.Take(segment, items);
        if (!segment.Room.Fits(items.Length, Keys.MostNameBytes)) new Eviction(engine, this).MakeRoom(segment, items, number);
        HandOvers handOvers = new(engine, this, segment, items, number);
        LaneVisit.Run(engine.Lanes, this, ref handOvers);
    }

    void RunOne(SegmentShard shard, ReadOnlySpan<EmissionBuffer.Item> items, long number)
    {
        using (shard.Lane.Enter(this))
        {
            for (int i = 0; i < items.Length; i++)
            {
                Rank = (items[i].Rank.First, number + i);
                try
                {
                    shard.Run(items[i].View, SegmentShard.OnlyKey);
                }
                catch (Exception e)
                {
                    engine.LostOnTheWay(e, items[i].View);
                }
            }
        }
    }

    EmissionBuffer BufferFor(Target target)
    {
        if (target.Id >= buffers.Length) Array.Resize(ref buffers, Math.Max(target.Id + 1, buffers.Length * 2));
        EmissionBuffer buffer = buffers[target.Id] ??= new EmissionBuffer(target);
        if (buffer.IsEmpty) waiting.Enqueue(target.Id, target.Id);
        return buffer;
    }

    /// <summary>Runs what was handed over to a segment.</summary>
    readonly ref struct HandOvers(Engine engine, Exchange exchange, Segment segment, ReadOnlySpan<EmissionBuffer.Item> items, long number)
        : ILaneWork
    {
        readonly ReadOnlySpan<EmissionBuffer.Item> items = items;

        public void Run(Lane lane, ReadOnlySpan<int> share)
        {
            HandOverRun run = new(engine, exchange, exchange.Keys, segment, segment.Shards[lane.Index], items, number);
            PrefetchPipeline.Run(ref run, share);
        }
    }

    /// <summary>A lane's share of what was handed over to a segment: each event on its key.</summary>
    readonly ref struct HandOverRun(Engine engine, Exchange exchange, PassKeys keys, Segment segment, SegmentShard shard,
        ReadOnlySpan<EmissionBuffer.Item> items, long number) : IRun
    {
        readonly ReadOnlySpan<EmissionBuffer.Item> items = items;

        public void PrefetchKey(int index) => shard.PrefetchKey(keys.HashOf(index));

        public int Guess(int index) => shard.GuessKey(keys.HashOf(index));

        public void PrefetchStates(int guess) => shard.Prefetch(guess);

        public void PrefetchKept(int guess) => shard.PrefetchKept(guess);

        public void Failed(int index, Exception thrown) => engine.LostOnTheWay(thrown, items[index].View);

        public void Run(int index)
        {
            EventView e = items[index].View;
            exchange.Rank = (items[index].Rank.First, number + index);
            if (keys.FailureOf(index) is { } thrown)
            {
                shard.Lost(thrown, e);
                return;
            }
            int key = keys.KeyIn(shard, index, e, number + index, Recency.First);
            if (key != SegmentShard.AnyKey) shard.Run(e, key);
            else exchange.Notices.KeyLost(segment);
        }
    }
}
