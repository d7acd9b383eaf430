using Godot.Events;

namespace Godot.Runtime;

/// <summary>
/// The state of all keys as bytes. What stands there names reactors, verbs and keys, and counts times from the moment of saving: it can be loaded by another
/// run of the program, with another number of lanes, on another machine.
/// </summary>
/// <remarks>
/// Layout, all numbers little-endian, as <see cref="BinaryWriter"/> writes them: a header and its version; the number of events that had arrived; the segments, each with
/// its reactor and its stages (label, text, version); then a record for each key: segment, birth, its two texts, and what each stage wrote. Segment -1 ends it.
/// </remarks>
static class Snapshot
{
    const string Header = "godot state";
    const int Version = 1, End = -1;

    public static void Save(Engine engine, Stream stream)
    {
        using BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        List<Segment> segments = [.. engine.Plan.Reactors.SelectMany(reactor => reactor.Segments).Where(KeepsState)];
        writer.Write(Header);
        writer.Write(Version);
        writer.Write(engine.Arrivals);
        writer.Write(segments.Count);
        foreach (Segment segment in segments) WriteSegment(writer, segment);

        Dictionary<Segment, int> numbers = segments.Select((segment, number) => (segment, number)).ToDictionary();
        Records records = new(writer, numbers);
        Intake pass = engine.OpenIntake();
        // What is due belongs to the time before.
        foreach (Lane lane in engine.Lanes) pass.RunLane(lane, static lane => lane.FireDue());
        pass.Deliver();
        foreach (Lane lane in engine.Lanes) pass.RunLane(lane, records.Write);
        writer.Write(End);
    }

    public static IReadOnlyList<string> Load(Engine engine, Stream stream)
    {
        using BinaryReader reader = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            return Read(engine, reader);
        }
        catch (Exception cut) when (cut is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("The saved state is not whole: it was cut off, or is something else.", cut);
        }
    }

    static IReadOnlyList<string> Read(Engine engine, BinaryReader reader)
    {
        if (reader.ReadString() != Header) throw new InvalidDataException("This is no saved state of a Godot engine.");
        if (reader.ReadInt32() is var version and not Version) throw new InvalidDataException($"The saved state has version {version}; this engine reads version {Version}.");
        engine.NumberArrivalsFrom(reader.ReadInt64());
        SortedSet<string> leftOut = new(StringComparer.Ordinal);
        SavedSegment[] segments = new SavedSegment[reader.ReadInt32()];
        for (int i = 0; i < segments.Length; i++) segments[i] = SavedSegment.Read(engine, reader, leftOut);

        Intake pass = engine.OpenIntake();
        while (reader.ReadInt32() is var number and not End)
        {
            SavedKey key = SavedKey.Read(reader);
            if (segments[number].Segment is { } segment) Load(pass, engine, segment, segments[number], key);
        }
        pass.Deliver();
        engine.TimerDriver.Arm();
        return [.. leftOut];
    }

    static void Load(Intake pass, Engine engine, Segment segment, SavedSegment saved, SavedKey key)
    {
        ulong hash = segment.Sharding == Sharding.Tuple ? Hashing.Of(key.First) : SeriesKey.Hash(key.First, key.Second);
        SegmentShard shard = segment.Shards.Length == 1 ? segment.Shards[0] : segment.Shards[PassKeys.LaneOf(hash, engine.Lanes.Length)];
        pass.RunLane(shard.Lane, lane =>
        {
            int number = segment.Sharding == Sharding.One ? SegmentShard.OnlyKey
                : segment.FindsKeys ? shard.KeyOf(hash, key.First, key.Second, key.Birth, default)
                : lane.Series.KeyIn(segment, hash, key.First, key.Second, key.Birth);
            if (number == SegmentShard.AnyKey) return;
            shard.SetBirth(number, key.Birth);
            foreach ((int stage, byte[] written) in key.States)
                if (saved.Stages[stage] is (var at and >= 0, var version)) shard.Load(number, at, written, version);
        });
    }

    static bool KeepsState(Segment segment) => segment.Shards.Any(shard => shard.Stages.Any(stage => stage.Slot.Text.Length > 0));

    static void WriteSegment(BinaryWriter writer, Segment segment)
    {
        IReadOnlyList<Stage> stages = segment.Shards[0].Stages;
        writer.Write(segment.Reactor);
        writer.Write(segment.Running.Segments.IndexOf(segment));
        writer.Write(segment.Shape);
        writer.Write(stages.Count);
        foreach (Stage stage in stages)
        {
            writer.Write(stage.Slot.Label);
            writer.Write(stage.Slot.Text);
            writer.Write(stage.StateVersion);
        }
    }

    /// <summary>A segment that was saved, and what there is for it now.</summary>
    /// <param name="Segment">Null if there is none.</param>
    /// <param name="Stages">For each saved stage its place, -1 if there is none, and the version of what it wrote.</param>
    sealed record SavedSegment(Segment? Segment, (int At, int Version)[] Stages)
    {
        public static SavedSegment Read(Engine engine, BinaryReader reader, SortedSet<string> leftOut)
        {
            string reactor = reader.ReadString();
            int index = reader.ReadInt32();
            string shape = reader.ReadString();
            Segment? segment = engine.Plan.Reactors.FirstOrDefault(running => running.Name == reactor)?.Segments.ElementAtOrDefault(index);
            if (segment?.Shape != shape) segment = null;
            (int, int)[] stages = new (int, int)[reader.ReadInt32()];
            for (int i = 0; i < stages.Length; i++)
            {
                (string label, string text, int version) = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
                int at = segment is null ? -1 : Place(segment.Shards[0].Stages, label, text, version);
                if (at < 0 && text.Length > 0) leftOut.Add($"{reactor}: {label}: {text}");
                stages[i] = (at, version);
            }
            return new(segment, stages);
        }

        static int Place(IReadOnlyList<Stage> stages, string label, string text, int version)
        {
            for (int i = 0; i < stages.Count; i++)
                if (stages[i].Slot.Label == label && stages[i].Slot.Text == text) return stages[i].StateVersion >= version ? i : -1;
            return -1;
        }
    }

    /// <summary>A key that was saved.</summary>
    sealed record SavedKey(long Birth, byte[] First, byte[] Second, List<(int Stage, byte[] Written)> States)
    {
        public static SavedKey Read(BinaryReader reader)
        {
            (long birth, byte[] first, byte[] second) = (reader.ReadInt64(), Bytes(reader), Bytes(reader));
            List<(int, byte[])> states = new(reader.ReadInt32());
            for (int left = states.Capacity; left > 0; left--) states.Add((reader.ReadInt32(), Bytes(reader)));
            return new(birth, first, second, states);
        }

        static byte[] Bytes(BinaryReader reader)
        {
            int length = reader.ReadInt32();
            byte[] bytes = reader.ReadBytes(length);
            return bytes.Length == length ? bytes : throw new EndOfStreamException();
        }
    }

    /// <summary>Writes the keys of a lane.</summary>
    sealed class Records(BinaryWriter writer, Dictionary<Segment, int> numbers)
    {
        readonly StateWriter state = new();

        public void Write(Lane lane)
        {
            state.Now = lane.Now;
            lane.Series.Visit((segment, shard, key, host, service) => Write(segment, shard, key, host, service));
            foreach (Segment segment in numbers.Keys)
            {
                if (segment.ShardOn(lane) is not { } shard) continue;
                if (segment.Sharding == Sharding.One) Write(segment, shard, SegmentShard.OnlyKey, [], []);
                else shard.Visit((key, first, second) => Write(segment, shard, key, first, second));
            }
        }

        void Write(Segment segment, SegmentShard shard, int key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
        {
            if (!numbers.TryGetValue(segment, out int number)) return;
            writer.Write(number);
            writer.Write(shard.BirthOf(key));
            Write(first);
            Write(second);
            IReadOnlyList<Stage> stages = shard.Stages;
            writer.Write(stages.Count);
            for (int i = 0; i < stages.Count; i++)
            {
                state.Clear();
                stages[i].SaveKey(key, state);
                if (!state.Written.IsEmpty) stages[i].Slot.Names?.Save(key, state);
                writer.Write(i);
                Write(state.Written);
            }
        }

        void Write(ReadOnlySpan<byte> bytes)
        {
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }
}
