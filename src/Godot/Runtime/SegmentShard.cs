using Godot.Common;
using Godot.Events;
using Godot.Memory;
using Godot.Stages;

namespace Godot.Runtime;

/// <summary>A segment's stages and state on one lane. Everything here runs under that lane's lock.</summary>
sealed class SegmentShard : StageHost, IForgetful
{
    /// <summary>The key of a segment that has only one.</summary>
    public const int OnlyKey = 0;

    struct Found
    {
        public int Key;
        public Recency Recency;

        public void Seen()
        {
            if (Recency != default) Recency = Recency.Seen();
        }
    }

    readonly Segment segment;
    readonly List<Stage> stages = [];
    readonly Stage? head;

    // Those whose state is worth bringing near.
    readonly Stage[] keeping;

    // Those that want to know what names their keys.
    readonly Stage[] naming;

    // The keys of this shard: their numbers, used again after they were freed, and when they were born. Where the lane's series do not know
    // them, the shard finds them itself.
    readonly IdAllocator numbers = new();
    readonly Slab<long> births = new();
    readonly KeyTable<Found>? table;

    // If it remembers keys for longer than the engine lets them be idle: for how much longer, in 100 ns, and since when they have been
    // idle, by Lane.Awake.
    readonly long longer;
    readonly bool mayBeForced;
    readonly Slab<long>? idleSince;

    bool ended;

    public SegmentShard(Segment segment, Lane lane)
    {
        (this.segment, Lane) = (segment, lane);
        if (segment.FindsKeys) table = new();
        // Older than any event.
        if (segment.Sharding == Sharding.One) NewKey(birth: -1);
        head = segment.Head is { } node ? Make(node) : null;
        keeping = [.. stages.Where(stage => stage.KeepsState)];
        naming = [.. stages.Where(stage => stage.NamesKeys)];
        KeepsNothing = stages.TrueForAll(stage => stage.KeepsNothing);
        long remembered = stages.Where(stage => !stage.KeepsNothing).Select(stage => stage.Remembers.Ticks).DefaultIfEmpty().Max();
        longer = remembered - lane.Options.IdleAfter.Ticks;
        if (longer > 0) idleSince = new();
        mayBeForced = stages.TrueForAll(stage => stage.MayBeForced);
    }

    public Lane Lane { get; }

    public Segment Segment => segment;

    public override LaneClock Time => Lane;

    public override TimeSpan IdleAfter => Lane.Options.IdleAfter;

    public override bool WaitsForTasks => Lane.Options.WaitsForTasks;

    public override object Pass => Lane.Pass;

    public override (long First, long Second) Order => Lane.Pass.Rank;

    public override void WhenDelivered(Action act) => Lane.Pass.WhenDelivered(act);

    public override TimeSpan ForgetAfter =>
        segment.ForgetAfter ?? (Lane.Options.ForgetAfter < RecipeRules.LongestTime ? Lane.Options.ForgetAfter : RecipeRules.LongestTime);

    public IReadOnlyList<Stage> Stages => stages;

    /// <summary>Runs an event through the stages.</summary>
    public void Run(EventView e, int key)
    {
        if (ended) return;
        Moment?.Touch(key);
        Key = key;
        Lane.Scratch.Reset();
        head?.Receive(e);
    }

    /// <summary>Brings near the state that an event of this key will touch.</summary>
    public void Prefetch(int key)
    {
        foreach (Stage stage in keeping) stage.Prefetch(key);
    }

    /// <summary>Brings near what that state refers to; some time after <see cref="Prefetch(int)"/>.</summary>
    public void PrefetchKept(int key)
    {
        foreach (Stage stage in keeping) stage.PrefetchKept(key);
    }

    /// <summary>Brings near where the key of a hash is found; for keys that the shard finds itself.</summary>
    public void PrefetchKey(ulong hash) => table!.Prefetch(hash);

    /// <summary>The key that most probably has this hash; <see cref="Stages.StageHost.AnyKey"/> if there is surely none.</summary>
    public int GuessKey(ulong hash) => table!.Guess(hash) is var place and >= 0 ? table[place].Key : AnyKey;

    /// <summary>
    /// The key of a series, or of a tuple, that the shard finds itself; made if it is new; <see cref="Stages.StageHost.AnyKey"/> if there
    /// are too many.
    /// </summary>
    /// <param name="recency">
    /// What the recency of a new key is; that of a known one is left as it is where its event is still to be run.
    /// </param>
    public int KeyOf(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long birth, Recency recency)
    {
        int place = table!.Find(hash, first, second);
        if (place < 0)
        {
            if (!segment.Room.TryTake(first.Length + second.Length)) return AnyKey;
            int key = NewKey(birth);
            foreach (Stage stage in naming) stage.OnKey(key, first, second);
            place = table.Add(hash, first, second, new Found { Key = key, Recency = recency });
        }
        else if (recency != Recency.Ahead)
        {
            table[place].Seen();
        }
        return table[place].Key;
    }

    /// <summary>
    /// The key of a series, in a segment that is divided by series; <see cref="Stages.StageHost.AnyKey"/> if it has none.
    /// </summary>
    public int FindKey(EventView e)
    {
        ulong hash = SeriesKey.Hash(e);
        if (table is null) return Lane.Series.FindKey(segment, e, hash);
        return table.Find(hash, SeriesKey.Text(e, FieldSet.Host), SeriesKey.Text(e, FieldSet.Service)) is var place and >= 0
            ? table[place].Key : AnyKey;
    }

    /// <summary>The key of a tuple; <see cref="Stages.StageHost.AnyKey"/> if it has none.</summary>
    public int FindKey(ulong hash, ReadOnlySpan<byte> tuple) =>
        table!.Find(hash, tuple, []) is var place and >= 0 ? table[place].Key : AnyKey;

    /// <summary>The key that a series has here, made if it has none yet.</summary>
    public int KeyFor(ref int key, long birth)
    {
        if (key == AnyKey) key = NewKey(birth);
        return key;
    }

    public override long BirthOf(int key) => births.Peek(key);

    public override void After(Stage stage, TimeSpan time, ITimed what)
    {
        int key = stage.Key == AnyKey ? Key : stage.Key;
        // At least one tick from now: a timer that always asks for no time must not keep the lane to itself.
        long due = Lane.Now + Math.Clamp(time.Ticks, 1, long.MaxValue / 4);
        Lane.Timers.Add(new StageTimer(due, what, key, (uint)births[key]));
    }

    public override void Post(Stage stage, Action act)
    {
        if (stage.Key == AnyKey)
            throw new InvalidOperationException("Post needs a stage with a key of its own: derive it from Stage, not from Stage<TState>.");
        Lane.Post(new StageTimer(0, new Deferred(stage, act), stage.Key, (uint)stage.Birth));
    }

    public override void Fire(StageTimer timer)
    {
        if (ended || !IsWaited(timer)) return;
        Moment?.Touch(timer.Key);
        Key = timer.Key;
        Lane.Scratch.Reset();
        Lane.Pass.Rank = (timer.Due, births[timer.Key]);
        Guarded(timer.What.Stage, timer.What, timer.Key, static (_, what, key) => what!.Run(key));
    }

    public override bool IsWaited(StageTimer timer) => BirthOf(timer.Key) is var birth and not 0 && (uint)birth == timer.Birth;

    /// <summary>Tells a stage that there should be an event such as this, before there was one.</summary>
    public void Expect(string step, EventView e, int key)
    {
        Moment?.Touch(key);
        Key = key;
        Lane.Scratch.Reset();
        stages.First(stage => stage.Slot.Id == step).OnExpected(key, e);
    }

    /// <summary>Has a stage do something with a key.</summary>
    public void With<TStage>(int key, Action<TStage> act)
        where TStage : Stage
    {
        Moment?.Touch(key);
        Key = key;
        Lane.Scratch.Reset();
        Lane.Pass.Rank = (0, births[key]);
        act(stages.OfType<TStage>().First());
    }

    /// <summary>What each stage holds for a key, in words, and in how many times 100 ns it does something by itself.</summary>
    public IEnumerable<(string Step, string? Holds, long? DueIn)> Describe(int key)
    {
        Key = key;
        foreach (Stage stage in stages.Where(stage => stage.Slot.Id.Length > 0))
        {
            Lane.Scratch.Reset();
            string? holds;
            try
            {
                holds = stage.DescribeKey(key);
            }
            // It may be a user's, and throw anything.
            catch (Exception thrown)
            {
                holds = $"cannot say what it holds: {Thrown.MessageOf(thrown)}";
            }
            yield return (stage.Slot.Id, holds, stage.DueOf(key));
        }
    }

    /// <summary>
    /// True if no stage looks at any other event than the one that it is handed: there is nothing to emit at the end, and no timer.
    /// </summary>
    public bool KeepsNothing { get; }

    /// <summary>Lets every key emit what it holds, oldest first, and ends: nothing is run any more.</summary>
    public void End()
    {
        if (KeepsNothing) ended = true;
        if (ended) return;
        foreach (int key in Enumerable.Range(0, numbers.Ever).Where(key => BirthOf(key) != 0).OrderBy(key => births[key])) Flush(key);
        ended = true;
    }

    /// <summary>Frees keys of its own table that have been idle, after what they hold has been emitted.</summary>
    public void Sweep() => table?.RemoveAll((ref Found found, uint _, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
    {
        found.Recency = found.Recency.Swept();
        if (found.Recency.Sweeps <= Lane.IdleSweeps || !TryFree(found.Key, Lane.After(found.Recency))) return false;
        Moment?.Write(found.Key, first, second);
        segment.Room.GiveBack(first.Length + second.Length);
        return true;
    });

    void IForgetful.Count(int[] ranks) =>
        table?.Visit((ref Found found, ReadOnlySpan<byte> _, ReadOnlySpan<byte> _) => ranks[Rank(in found)]++);

    int IForgetful.Forget(Shortage shortage)
    {
        int forgotten = 0;
        table?.RemoveAll((ref Found found, uint tag, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        {
            int rank = Rank(in found);
            if (!shortage.Takes(rank, tag) || !TryFree(found.Key, Shortage.IsForced(rank) ? Forgetting.Forced : Forgetting.Early))
            {
                found.Recency = found.Recency.Searched();
                return false;
            }
            Moment?.Write(found.Key, first, second);
            segment.Room.GiveBack(first.Length + second.Length);
            forgotten++;
            return true;
        });
        return forgotten;
    }

    int Rank(ref readonly Found found) => found.Recency.MayGo ? found.Recency.Rank(Waits(found.Key), mayBeForced) : 0;

    /// <summary>False if what waits in its keys must not be forgotten whatever happens.</summary>
    public bool MayBeForced => mayBeForced;

    /// <summary>True if it has this key, which it finds itself.</summary>
    public bool Knows(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => table!.Find(hash, first, second) >= 0;

    /// <summary>True if something waits in a key that must not be forgotten.</summary>
    public bool Waits(int key)
    {
        foreach (Stage stage in stages)
            if (!MayForget(stage, key)) return true;
        return false;
    }

    /// <summary>Visits the keys in so many slots of its own table, from one on; as <see cref="KeyTable{T}"/> does.</summary>
    public int Visit(int from, int count, Visitor visit) => table?.Visit(from, count,
        (ref Found found, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => visit(found.Key, first, second)) ?? 0;

    /// <summary>Makes room for so many keys of its own at once.</summary>
    public void EnsureRoom(int count) => table?.EnsureRoom(count);

    public delegate void Visitor(int key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>What its keys held at a moment that is still being saved; null: none is.</summary>
    public ShardMoment? Moment { get; private set; }

    /// <summary>It is this moment now.</summary>
    public ShardMoment Begin(LaneMoment lane, int number)
    {
        (ulong[] keys, int count) = numbers.Used();
        return Moment = new ShardMoment(this, lane, number, keys, count);
    }

    /// <summary>The moment has been saved.</summary>
    public void EndMoment() => Moment = null;

    /// <summary>
    /// Writes a key's birth, and what each stage holds for it. A stage that throws is left out, and begins anew where it is loaded.
    /// </summary>
    public void Save(int key, StateWriter state, BinaryWriter to)
    {
        Key = key;
        to.Write(births[key]);
        for (int i = 0; i < stages.Count; i++)
        {
            Lane.Scratch.Reset();
            state.Clear();
            try
            {
                stages[i].SaveKey(key, state);
                if (!state.Written.IsEmpty) stages[i].Slot.Names?.Save(key, state);
            }
            // It may be a user's.
            catch (Exception thrown)
            {
                Failed(stages[i], thrown, "a state to save");
                continue;
            }
            if (!state.Written.IsEmpty) SavedKey.WriteState(to, i, state.Written);
        }
    }

    /// <summary>Makes a key as old as it was where it was saved. What it has asked for here before does not happen.</summary>
    public void SetBirth(int key, long birth) => births[key] = birth;

    /// <summary>Has a stage take up what one like it wrote for a key. If it cannot, it begins anew with this key.</summary>
    public void Load(int key, int stage, StateReader reader)
    {
        if (reader.IsAtEnd) return;
        Key = key;
        Lane.Scratch.Reset();
        Lane.Pass.Rank = (0, births[key]);
        try
        {
            stages[stage].LoadKey(key, reader);
            // An older engine did not write them.
            if (!reader.IsAtEnd) stages[stage].Slot.Names?.Load(key, reader);
            if (!reader.IsAtEnd) throw new InvalidDataException("Not all that was saved was read again, or more.");
        }
        // What it was written by may be a user's.
        catch (Exception thrown)
        {
            stages[stage].Release(key);
            stages[stage].Slot.Names?.Clear(key);
            Failed(stages[stage], thrown, "saved state");
        }
    }

    /// <summary>Frees a key, unless something in it must not be forgotten.</summary>
    public bool TryFree(int key, Forgetting why)
    {
        if (why == Forgetting.FoundIdle && idleSince is not null) idleSince[key] = Lane.Awake;
        if (why < Forgetting.Early && idleSince is not null && Lane.Awake - idleSince[key] < longer) return false;
        if (why != Forgetting.Forced && Waits(key)) return false;
        Moment?.Touch(key);
        Flush(key);
        foreach (Stage stage in stages)
        {
            stage.Release(key);
            stage.Slot.Names?.Clear(key);
        }
        births[key] = 0;
        Lane.NoteFreed();
        if (!numbers.GiveBack(key)) return true;
        births.FreePageOf(key);
        idleSince?.FreePageOf(key);
        foreach (Stage stage in stages)
        {
            stage.FreePageOf(key);
            stage.Slot.Names?.FreePageOf(key);
        }
        return true;
    }

    public override void Threw(Stage stage, Exception thrown, EventView e)
    {
        stage.Slot.Failures++;
        segment.Running.Failed(stage.Slot.Id, thrown, e.ToString());
        stage.Slot.Catcher?.Receive(ExceptionText.In(e, thrown));
    }

    public override void Threw(Stage stage, Exception thrown, IReadOnlyList<Event> batch)
    {
        // A function of the user's may have made it: an empty one says nothing.
        if (batch.Count == 0)
        {
            Failed(stage, thrown, "an empty batch");
            return;
        }
        stage.Slot.Failures += batch.Count;
        segment.Running.Failed(stage.Slot.Id, thrown, batch.Count, $"the last of {batch.Count}: {batch[^1]}");
        foreach (Event e in batch) stage.Slot.Catcher?.Receive(ExceptionText.In(e, thrown));
    }

    public override void Lost(Stage stage, Exception thrown, EventView e)
    {
        Failed(stage, thrown, e.ToString());
        stage.Slot.Catcher?.Receive(ExceptionText.In(e, thrown));
    }

    /// <summary>An event was lost before it had a key: as if the first stage had thrown.</summary>
    public void Lost(Exception thrown, EventView e)
    {
        Lane.Scratch.Reset();
        Lost(stages[0], thrown, e);
    }

    /// <summary>Makes a stage, and makes sure that it is a new one.</summary>
    public static Stage Fresh(Func<Stage> make)
    {
        Stage stage = make();
        return stage.Host is null
            ? stage
            : throw new InvalidOperationException("Then needs a function that makes a new stage each time: () => new MyStage().");
    }

    int NewKey(long birth)
    {
        int key = numbers.Take();
        births[key] = birth;
        return key;
    }

    void Flush(int key)
    {
        Key = key;
        Lane.Pass.Rank = (0, births[key]);
        foreach (Stage stage in stages)
        {
            Lane.Scratch.Reset();
            Guarded(stage, null, key, static (stage, _, key) => stage.FlushKey(key));
        }
    }

    // What does not know whether it may be forgotten is kept.
    bool MayForget(Stage stage, int key)
    {
        try
        {
            return stage.MayForget(key);
        }
        catch (Exception thrown)
        {
            Failed(stage, thrown, "an idle key");
            return false;
        }
    }

    // As in Stage.Receive: what a user's function throws is counted and logged, and ends nothing else.
    void Guarded(Stage stage, ITimed? what, int key, Action<Stage, ITimed?, int> run)
    {
        try
        {
            run(stage, what, key);
        }
        catch (Exception thrown)
        {
            Failed(stage, thrown, "a timer");
        }
    }

    void Failed(Stage stage, Exception thrown, string sample)
    {
        stage.Slot.Failures++;
        segment.Running.Failed(stage.Slot.Id, thrown, sample);
    }

    // The stages are listed in the order in which an event passes them, so that a flush runs downstream.
    Stage Make(Node node)
    {
        Stage stage;
        CommonNames? names = null;
        string written = "";
        switch (node)
        {
            case ExitNode exit:
                stage = new ExitStage(Lane, exit.Target!);
                stages.Add(stage);
                break;
            case SplitNode split:
                int before = stages.Count;
                stage = new SplitStage([.. split.Branches.Select(branch => (branch.Filter, branch.Node is { } node ? Make(node) : null))]);
                stages.Insert(before, stage);
                break;
            case ForkNode fork:
                int at = stages.Count;
                stage = new ForkStage([.. fork.Branches.Select(Make)]);
                stages.Insert(at, stage);
                break;
            case StageNode { Make: var make, Text: var text, Moved: var moved }:
                written = text;
                stage = Fresh(make);
                if (!stage.ServesAllKeys)
                {
                    // What it remembers depends on where it stands.
                    stage.Host = this;
                    if (segment.Sharding == Sharding.One) (stage.Key, stage.Birth) = (OnlyKey, births[OnlyKey]);
                    else stage = new PerKeyStage(make, first: stage);
                }
                if (text.Length > 0 && segment.NotCommon(moved) is var parts and not FieldSet.None) names = new CommonNames(parts);
                stages.Add(stage);
                break;
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
        stage.Host = this;
        stage.Slot = new StageSlot(node.Step?.Id ?? "", node.Step?.Number ?? 0, written)
        {
            Names = names,
            Catcher = node.Failed is { Target: { } target } ? new ExitStage(Lane, target) { Host = this, Slot = new StageSlot("") } : null,
        };
        if (node.Next is { } next) stage.Slot.Next = Make(next);
        return stage;
    }
}
