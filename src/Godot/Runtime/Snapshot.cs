using System.Buffers;
using System.Runtime.ExceptionServices;
using Godot.Memory;

namespace Godot.Runtime;

/// <summary>
/// The state of all keys as bytes. What stands there names reactors, verbs and keys, and counts times from the moment of saving: it can be
/// loaded by another run of the program, with another number of lanes, on another machine.
/// </summary>
/// <remarks>
/// Layout, all numbers little-endian, as <see cref="BinaryWriter"/> writes them: a header and its version; the number of events that had
/// arrived; since version 3 the seed of the partitions; the segments, as <see cref="SavedSegment"/> has them. Then chunks: the number of a
/// partition, a length, and records of keys, each behind its length, as <see cref="SavedKey"/> has them. Versions 1 and 2 had the records
/// alone, each with its segment's number first. -1 ends it.
/// </remarks>
static class Snapshot
{
    const string Header = "godot state";
    const int End = -1;

    // One key may hold much; but a length that is wrong must not ask for memory before its bytes have come.
    const int LongestChunk = 1 << 30, OftenLongest = 1 << 20;

    /// <summary>
    /// Writes what there is at one moment. Whoever feeds waits for that moment, and for a share of a lane's keys at a time.
    /// </summary>
    /// <param name="engine">Whose state it is.</param>
    /// <param name="stream">Where it goes.</param>
    /// <param name="between">Is called after each share, when no lane is held.</param>
    public static void Save(Engine engine, Stream stream, Action between)
    {
        List<Segment> segments = [.. engine.Plan.Reactors.SelectMany(reactor => reactor.Segments).Where(KeepsState)];
        Intake pass = engine.OpenIntake();
        // What is due belongs to the time before.
        foreach (Lane lane in engine.Lanes) engine.RunOn(lane, static lane => lane.FireDue());
        List<(Lane Lane, LaneMoment Moment)> left = [];
        // How many keys each of them had.
        long[] keys = new long[segments.Count];
        long arrivals = 0;
        try
        {
            engine.Gate.WhileEmpty(() =>
            {
                arrivals = engine.Arrivals;
                foreach (Lane lane in engine.Lanes)
                    pass.RunLane(lane, lane => left.Add((lane, new LaneMoment(lane, segments, keys, engine.PartitionSeed))));
            });
            using BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            writer.Write(Header);
            writer.Write(SavedSegment.Version);
            writer.Write(arrivals);
            writer.Write(engine.PartitionSeed);
            writer.Write(segments.Count);
            foreach ((Segment segment, long count) in segments.Zip(keys))
            {
                SavedSegment.Write(writer, segment);
                writer.Write(count);
            }
            PartitionWriter partitions = new(writer);
            while (left.Count > 0)
            {
                for (int i = left.Count - 1; i >= 0; i--)
                {
                    (Lane lane, LaneMoment moment) = left[i];
                    lane.GiveWay();
                    (bool isDone, ReadOnlyMemory<byte> written) = (false, default);
                    pass.RunLane(lane, _ => (isDone, written) = (moment.WriteSome(), moment.Drain()));
                    partitions.Add(written.Span);
                    if (isDone) left.RemoveAt(i);
                    between();
                }
            }
            partitions.Flush();
            writer.Write(End);
        }
        finally
        {
            foreach ((Lane lane, LaneMoment moment) in left) pass.RunLane(lane, _ => moment.End());
        }
        // What alerts said before the moment is kept by now, or this is not: their store must not be older than what is saved here.
        engine.Alerts.Settle();
    }

    public static IReadOnlyList<CarriedState> Load(Engine engine, Stream stream) => Read(engine, stream, static (engine, reader, saved) =>
    {
        engine.NumberArrivalsFrom(saved.Arrivals);
        engine.PartitionSeed = saved.Seed ?? engine.PartitionSeed;
        engine.BeginGrace();
        Loading loading = new(engine, saved.Segments);
        loading.EnsureRoom();
        if (saved.Version < 3) loading.LoadOld(reader);
        else
            while (Chunk(reader) is { } chunk) loading.Load(chunk);
        loading.End();
        foreach (SavedSegment segment in saved.Segments)
            foreach (SavedSegment.Heir heir in segment.Heirs)
                heir.Segment.Running.Inherited = Math.Max(heir.Segment.Running.Inherited, segment.Keys);
    });

    /// <summary>What would be taken up of what was saved, and what not.</summary>
    public static IReadOnlyList<CarriedState> Compare(Engine engine, Stream stream) => Read(engine, stream, static (_, _, _) => { });

    static IReadOnlyList<CarriedState> Read(Engine engine, Stream stream, Action<Engine, BinaryReader, Saved> then)
    {
        using BinaryReader reader = new(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            Saved saved = ReadHeader(engine, reader);
            then(engine, reader, saved);
            return saved.Carried;
        }
        catch (Exception cut) when (cut is EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("The saved state is not whole: it was cut off, or is something else.", cut);
        }
    }

    sealed record Saved(int Version, long Arrivals, ulong? Seed, IReadOnlyList<SavedSegment> Segments)
    {
        public IReadOnlyList<CarriedState> Carried =>
            [.. from segment in Segments where segment.Keys > 0 from stage in segment.Carried select stage with { Keys = segment.Keys }];
    }

    static Saved ReadHeader(Engine engine, BinaryReader reader)
    {
        if (reader.ReadString() != Header) throw new InvalidDataException("This is not the saved state of a Godot engine.");
        int version = reader.ReadInt32();
        if (version is < 1 or > SavedSegment.Version)
            throw new InvalidDataException(
                $"The saved state has version {version}; this engine reads versions 1 to {SavedSegment.Version}.");
        long arrivals = reader.ReadInt64();
        ulong? seed = version > 2 ? reader.ReadUInt64() : null;
        List<SavedSegment> segments = [];
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            SavedSegment segment = SavedSegment.Read(engine.Plan, reader, version);
            if (version > 2) segment.Keys = reader.ReadInt64();
            segments.Add(segment);
        }
        return new(version, arrivals, seed, segments);
    }

    // Null at the end.
    static byte[]? Chunk(BinaryReader reader)
    {
        if (reader.ReadInt32() == End) return null;
        int length = reader.ReadInt32();
        if (length is < 0 or > LongestChunk) throw new EndOfStreamException();
        if (length <= OftenLongest) return Whole(reader.ReadBytes(length), length);
        using MemoryStream chunk = new();
        for (int left = length; left > 0; left -= OftenLongest)
            chunk.Write(Whole(reader.ReadBytes(Math.Min(left, OftenLongest)), Math.Min(left, OftenLongest)));
        return chunk.ToArray();
    }

    static byte[] Whole(byte[] read, int length) => read.Length == length ? read : throw new EndOfStreamException();

    static bool KeepsState(Segment segment) =>
        segment.Shards.Any(shard => shard.Stages.Any(stage => !stage.KeepsNothing && stage.Slot.Text.Length > 0));

    /// <summary>Puts what was saved into an engine.</summary>
    sealed class Loading(Engine engine, IReadOnlyList<SavedSegment> segments)
    {
        // So many bytes of records are gathered, and then the processors share the lanes; less is not worth that.
        const int Batch = 1 << 20;

        readonly ArrayBufferWriter<byte> batch = new();
        readonly Intake[] passes = [.. engine.Lanes.Select(_ => engine.OpenIntake())];
        readonly List<Inheritance>[] ofLanes = [.. engine.Lanes.Select(static _ => new List<Inheritance>())];

        // A key that was saved, and where it goes on.
        readonly record struct Inheritance(SavedSegment.Heir Heir, SegmentShard Shard, ulong Hash, SavedKey Key);

        // Tables that grow while they are filled are copied again and again.
        public void EnsureRoom()
        {
            IEnumerable<(Segment Segment, long Keys)> heirs =
                from saved in segments from heir in saved.Heirs select (heir.Segment, saved.Keys);
            long series = heirs.Where(each => !each.Segment.FindsKeys).Select(each => each.Keys).DefaultIfEmpty().Max();
            foreach (Lane lane in engine.Lanes)
            {
                passes[lane.Index].RunLane(lane, lane =>
                {
                    lane.Series.EnsureRoom(Share(series, engine.SeriesRoom));
                    foreach ((Segment segment, long keys) in heirs.Where(each => each.Segment.FindsKeys))
                        segment.ShardOn(lane)!.EnsureRoom(Share(keys, segment.Room));
                });
            }
        }

        // Some lanes have a little more than others.
        int Share(long keys, Room room) => (int)(Math.Clamp(keys, 0, room.MostKeys) * 17L / 16 / engine.Lanes.Length);

        public void Load(byte[] chunk)
        {
            batch.Write(chunk);
            if (batch.WrittenCount >= Batch) LoadBatch();
        }

        void LoadBatch()
        {
            byte[] records = batch.WrittenSpan.ToArray();
            batch.ResetWrittenCount();
            using BinaryReader reader = new(new MemoryStream(records, writable: false));
            while (reader.BaseStream.Position < records.Length)
            {
                SavedKey key = SavedKey.Read(reader, reader.ReadInt32());
                if ((uint)key.Segment >= segments.Count) throw new EndOfStreamException();
                foreach (SavedSegment.Heir heir in segments[key.Segment].Heirs)
                {
                    ulong hash = Intake.HashOf(heir.Segment, records.AsSpan(key.First), records.AsSpan(key.Second));
                    SegmentShard shard = Intake.ShardOf(heir.Segment, hash);
                    ofLanes[shard.Lane.Index].Add(new(heir, shard, hash, key));
                }
            }
            if (records.Length < Batch)
            {
                foreach (Lane lane in engine.Lanes) LoadLane(lane, records);
                return;
            }
            try
            {
                Parallel.ForEach(engine.Lanes, lane => LoadLane(lane, records));
            }
            catch (AggregateException thrown)
            {
                ExceptionDispatchInfo.Throw(thrown.InnerExceptions[0]);
            }
        }

        void LoadLane(Lane lane, byte[] records)
        {
            List<Inheritance> keys = ofLanes[lane.Index];
            if (keys.Count == 0) return;
            using BinaryReader reader = new(new MemoryStream(records, writable: false));
            StateReader state = new(reader);
            passes[lane.Index].RunLane(lane, lane =>
            {
                state.Now = lane.Now;
                foreach (Inheritance one in keys) Load(one, records, reader, state);
            });
            keys.Clear();
        }

        /// <summary>What versions 1 and 2 wrote; what stood before a cut, too.</summary>
        public void LoadOld(BinaryReader reader)
        {
            using MemoryStream records = new();
            using BinaryWriter writer = new(records);
            try
            {
                while (reader.ReadInt32() is var number and not Snapshot.End)
                {
                    if ((uint)number >= segments.Count) throw new EndOfStreamException();
                    SavedKey.Renew(reader, number, writer);
                    segments[number].Keys++;
                }
            }
            finally
            {
                batch.Write(records.ToArray());
                LoadBatch();
            }
        }

        public void End()
        {
            LoadBatch();
            foreach (Intake pass in passes) pass.Deliver();
            engine.TimerDriver.Arm();
        }

        static void Load(Inheritance one, byte[] records, BinaryReader reader, StateReader state)
        {
            (SavedSegment.Heir heir, SegmentShard shard, ulong hash, SavedKey key) = one;
            int number = Intake.KeyOf(shard, hash, records.AsSpan(key.First), records.AsSpan(key.Second), key.Birth);
            if (number == SegmentShard.AnyKey) return;
            shard.SetBirth(number, key.Birth);
            for (int at = key.States.Start.Value, end = key.States.End.Value; at < end;)
            {
                reader.BaseStream.Position = at;
                (int stage, Range written) = SavedKey.ReadState(reader, end);
                at = written.End.Value;
                foreach ((int from, int to, int version) in heir.Stages)
                {
                    if (from != stage) continue;
                    state.Begin(written, version);
                    shard.Load(number, to, state);
                }
            }
        }
    }
}
