using Godot.Events;

namespace Godot.Runtime;

/// <summary>
/// The state of all keys as bytes. What stands there names reactors, verbs and keys, and counts times from the moment of saving: it can be
/// loaded by another run of the program, with another number of lanes, on another machine.
/// </summary>
/// <remarks>
/// Layout, all numbers little-endian, as <see cref="BinaryWriter"/> writes them: a header and its version; the number of events that had
/// arrived; the segments, as <see cref="SavedSegment"/> has them; then a record for each key: segment, birth, its two texts, and what each
/// stage wrote. Segment -1 ends it.
/// </remarks>
static class Snapshot
{
    const string Header = "godot state";
    const int End = -1;

    public static void Save(Engine engine, Stream stream)
    {
        using BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        List<Segment> segments = [.. engine.Plan.Reactors.SelectMany(reactor => reactor.Segments).Where(KeepsState)];
        writer.Write(Header);
        writer.Write(SavedSegment.Version);
        writer.Write(engine.Arrivals);
        writer.Write(segments.Count);
        foreach (Segment segment in segments) SavedSegment.Write(writer, segment);

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
        if (reader.ReadString() != Header) throw new InvalidDataException("This is not the saved state of a Godot engine.");
        int version = reader.ReadInt32();
        if (version is < 1 or > SavedSegment.Version)
            throw new InvalidDataException(
                $"The saved state has version {version}; this engine reads versions 1 to {SavedSegment.Version}.");
        engine.NumberArrivalsFrom(reader.ReadInt64());
        SortedSet<string> leftOut = new(StringComparer.Ordinal);
        SavedSegment[] segments = new SavedSegment[reader.ReadInt32()];
        for (int i = 0; i < segments.Length; i++) segments[i] = SavedSegment.Read(engine.Plan, reader, version, leftOut);

        Intake pass = engine.OpenIntake();
        while (reader.ReadInt32() is var number and not End)
        {
            SavedKey key = SavedKey.Read(reader);
            foreach (SavedSegment.Heir heir in segments[number].Heirs) Load(pass, heir, key);
        }
        pass.Deliver();
        engine.TimerDriver.Arm();
        return [.. leftOut];
    }

    static void Load(Intake pass, SavedSegment.Heir heir, SavedKey key)
    {
        pass.OnKey(heir.Segment, key.First, key.Second, key.Birth, (shard, number) =>
        {
            shard.SetBirth(number, key.Birth);
            foreach ((int from, int at, int version) in heir.Stages) shard.Load(number, at, key.States[from], version);
        });
    }

    static bool KeepsState(Segment segment) => segment.Shards.Any(shard => shard.Stages.Any(stage => stage.Slot.Text.Length > 0));

    /// <summary>A key that was saved, with what each stage of its segment wrote.</summary>
    sealed record SavedKey(long Birth, byte[] First, byte[] Second, byte[][] States)
    {
        public static SavedKey Read(BinaryReader reader)
        {
            (long birth, byte[] first, byte[] second) = (reader.ReadInt64(), Bytes(reader), Bytes(reader));
            byte[][] states = new byte[reader.ReadInt32()][];
            for (int i = 0; i < states.Length; i++) states[reader.ReadInt32()] = Bytes(reader);
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
