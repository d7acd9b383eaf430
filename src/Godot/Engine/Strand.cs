namespace Godot;

/// <summary>A segment's stages and state on one lane. Everything here runs under that lane's lock.</summary>
sealed class Strand
{
    /// <summary>No key: not given yet, or a stage that serves all.</summary>
    public const int AnyKey = -1;

    struct KeyState
    {
        public long Birth;
        public long LastSeen;
        public int Generation;
        public bool InUse;
    }

    readonly Segment segment;
    readonly List<Stage> stages = [];
    readonly Stage? head;

    // The keys of this strand: dense numbers, used again after they were freed.
    readonly KeyTable<int>? table;
    readonly Stack<int> free = [];
    KeyState[] keys = new KeyState[4];
    int keysEver;

    bool ended;

    public Strand(Segment segment, Lane lane)
    {
        (this.segment, Lane) = (segment, lane);
        // The series themselves know their keys in the segments that they enter by.
        if (segment.Sharding == Sharding.Tuple || (segment.Sharding == Sharding.Series && !segment.IsEntry)) table = new();
        if (segment.Sharding == Sharding.One) NewKey(birth: 0);
        head = segment.Head is { } node ? Make(node) : null;
    }

    public Lane Lane { get; }

    /// <summary>The key of the event, or the timer, that is being handled.</summary>
    public int Key { get; private set; }

    public TimeProvider Clock => Lane.Clock;

    public IReadOnlyList<Stage> Stages => stages;

    /// <summary>Runs an event through the stages.</summary>
    public void Run(EventView e, int key)
    {
        if (ended) return;
        Key = key;
        keys[key].LastSeen = Lane.Now;
        Lane.Scratch.Reset();
        head?.Receive(e);
    }

    /// <summary>The key of a tuple, made if it is new; <see cref="AnyKey"/> if there are too many.</summary>
    public int KeyOf(ulong hash, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long birth)
    {
        if (segment.Sharding == Sharding.One) return 0;
        if (table!.TryGet(hash, first, second, out int key)) return key;
        if (!segment.TryCountKey(Lane.MaxKeys)) return AnyKey;
        key = NewKey(birth);
        table.Add(hash, first, second, key);
        return key;
    }

    /// <summary>Tells whoever had this key before from its owner now.</summary>
    public int GenerationOf(int key) => keys[key].Generation;

    /// <summary>A fresh key; the caller remembers whose it is.</summary>
    public int NewKey(long birth)
    {
        int key = free.Count > 0 ? free.Pop() : keysEver++;
        if (key >= keys.Length) Array.Resize(ref keys, keys.Length * 2);
        keys[key] = new KeyState { Birth = birth, LastSeen = Lane.Now, Generation = keys[key].Generation + 1, InUse = true };
        return key;
    }

    public void After(Stage stage, TimeSpan time, Action? act)
    {
        int key = stage.Key == AnyKey ? Key : stage.Key;
        // At least one tick from now: a timer that always asks for no time must not keep the lane to itself.
        long due = Lane.Now + Math.Clamp(time.Ticks, 1, long.MaxValue / 4);
        Lane.Timers.Add(due, keys[key].Birth, new Timers.Timer(stage, key, keys[key].Generation, act));
    }

    public void Post(Stage stage, Action act)
    {
        if (stage.Key == AnyKey) throw new InvalidOperationException("Post needs a stage with a key of its own: derive it from Stage, not from Stage<TState>.");
        Lane.Post(new Timers.Timer(stage, stage.Key, stage.Generation, act));
    }

    /// <summary>Runs what was asked for with <see cref="After"/> or <see cref="Post"/>, unless its key is gone.</summary>
    public void Fire(Timers.Timer timer, long due)
    {
        if (ended || !keys[timer.Key].InUse || keys[timer.Key].Generation != timer.Generation) return;
        Key = timer.Key;
        Lane.Scratch.Reset();
        Lane.Pass.Rank = (due, keys[Key].Birth);
        Guarded(timer.Stage, timer.Act, timer.Key, static (stage, act, key) =>
        {
            if (act is null) stage.OnWake(key);
            else act();
        });
    }

    /// <summary>Tells a stage that there should be an event such as this, before there was one.</summary>
    public void Expect(string label, EventView e, int key)
    {
        Key = key;
        Lane.Scratch.Reset();
        stages.First(stage => stage.Label == label).OnExpected(key, e);
    }

    /// <summary>Lets every key emit what it holds, oldest first, and ends: nothing is run any more.</summary>
    public void End()
    {
        if (ended) return;
        foreach (int key in Enumerable.Range(0, keysEver).Where(key => keys[key].InUse).OrderBy(key => keys[key].Birth)) Flush(key);
        ended = true;
    }

    /// <summary>Frees keys of its own table that have been idle, after what they hold has been emitted.</summary>
    public void Sweep(long idleSince) => table?.RemoveAll(key =>
    {
        if (keys[key].LastSeen >= idleSince || !TryFree(key)) return false;
        segment.UncountKey();
        return true;
    });

    /// <summary>Frees a key, unless something in it must not be forgotten.</summary>
    public bool TryFree(int key)
    {
        foreach (Stage stage in stages)
            if (!stage.MayForget(key)) return false;
        Flush(key);
        foreach (Stage stage in stages) stage.Release(key);
        keys[key].InUse = false;
        free.Push(key);
        return true;
    }

    public void Failed(Stage stage, Exception thrown, EventView e) => segment.Running.Failed(stage.Label, thrown, e.ToString());

    /// <summary>Makes a stage, and makes sure that it is a new one.</summary>
    public static Stage Fresh(Func<Stage> make)
    {
        Stage stage = make();
        return stage.Home is null
            ? stage
            : throw new InvalidOperationException("Then needs a function that makes a new stage each time: () => new MyStage().");
    }

    void Flush(int key)
    {
        Key = key;
        Lane.Pass.Rank = (0, keys[key].Birth);
        foreach (Stage stage in stages)
        {
            Lane.Scratch.Reset();
            Guarded(stage, null, key, static (stage, _, key) => stage.FlushKey(key));
        }
    }

    // As in Stage.Receive: what a user's function throws is counted and logged, and ends nothing else.
    void Guarded(Stage stage, Action? act, int key, Action<Stage, Action?, int> run)
    {
        try
        {
            run(stage, act, key);
        }
        catch (Exception thrown)
        {
            // The stage that is counted may be the one that keeps this one per key.
            stages.First(counted => counted.Label == stage.Label).Failures++;
            segment.Running.Failed(stage.Label, thrown, "a timer");
        }
    }

    // The stages are listed in the order in which an event passes them, so that a flush runs downstream.
    Stage Make(Node node)
    {
        Stage stage;
        switch (node)
        {
            case ExitNode exit:
                stage = new ExitStage(exit.Target);
                stages.Add(stage);
                break;
            case ForkNode fork:
                int at = stages.Count;
                stage = new ForkStage([.. fork.Branches.Select(Make)]);
                stages.Insert(at, stage);
                break;
            case StageNode { Make: var make }:
                stage = Fresh(make);
                stage.Home = this;
                if (!stage.ServesAllKeys)
                {
                    if (segment.Sharding == Sharding.One) (stage.Key, stage.Generation) = (0, GenerationOf(0));
                    else stage = new PerKeyStage(make, first: stage);
                }
                stages.Add(stage);
                break;
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
        (stage.Home, stage.Label) = (this, node.Label);
        if (node.Next is { } next) stage.Next = Make(next);
        return stage;
    }
}
