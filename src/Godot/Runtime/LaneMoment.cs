using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Godot.Runtime;

/// <summary>
/// A lane as it was at one moment, of which some is still to be written: what changes first is taken down at once, the rest a share at a
/// time. Used under the lane's lock, but for what <see cref="Drain"/> returned.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "They stand in memory and hold nothing that the collector does not take.")]
sealed class LaneMoment
{
    // What is done at once, whichever comes first: well below a millisecond, unless the machine is busy. Between looks at the clock, and
    // at whether somebody waits for the lane, so many slots or keys.
    const int Share = 2048, Step = 16;
    static readonly TimeSpan ShareTime = TimeSpan.FromMilliseconds(0.5);
    static readonly TimeProvider Clock = TimeProvider.System;

    const int ChunkBits = 20;

    // Times around without finding anything.
    const int MostIdle = 100;

    readonly ulong seed;
    readonly Lane lane;
    readonly Lane.Moment at;
    readonly List<ShardMoment> shards = [];
    readonly StateWriter state = new();
    readonly Bytes held = new();

    // What changed keys held: each its length, then so many bytes.
    readonly List<byte[]> chunks = [];
    int free;

    // Where the walk stands: which table, and which slot of it.
    int table, place;
    // So many keys are still to be written; and so many were when the walk last began.
    long left, leftAtBegin;
    int idle;

    Bytes written = new(), drained = new();

    /// <summary>It is this moment now.</summary>
    /// <param name="lane">As it is.</param>
    /// <param name="segments">Whose state is saved.</param>
    /// <param name="keys">How many keys each of these has, to which those of this lane are added.</param>
    /// <param name="seed">That of the partitions.</param>
    public LaneMoment(Lane lane, IReadOnlyList<Segment> segments, long[] keys, ulong seed)
    {
        (this.lane, this.seed, at) = (lane, seed, lane.At);
        state.Now = lane.Now;
        for (int i = 0; i < segments.Count; i++)
        {
            if (segments[i].ShardOn(lane) is not { } shard) continue;
            ShardMoment moment = shard.Begin(this, i);
            shards.Add(moment);
            left += moment.Left;
            keys[i] += moment.Left;
        }
        leftAtBegin = left;
    }

    /// <summary>
    /// What was written since this was asked last, record after record. Under the lane's lock; what it returns may be read without.
    /// </summary>
    public ReadOnlyMemory<byte> Drain()
    {
        (written, drained) = (drained, written);
        written.Clear();
        return drained.Written;
    }

    /// <summary>Nobody wants it any more.</summary>
    public void End()
    {
        foreach (ShardMoment moment in shards) moment.Shard.EndMoment();
        foreach (byte[] chunk in chunks) ArrayPool<byte>.Shared.Return(chunk);
        chunks.Clear();
    }

    /// <summary>Writes a share of what is left. True: that was all.</summary>
    public bool WriteSome()
    {
        long since = Clock.GetTimestamp();
        int done = 0;
        do Walk();
        while (left > 0 && (done += Step) < Share && !lane.IsWanted && Clock.GetElapsedTime(since) < ShareTime);
        if (left > 0) return false;
        End();
        return true;
    }

    // A table may grow or shrink between two shares, and what stood before the walk then stands behind it: it goes around until nothing is
    // left. Keys that were freed have been written.
    void Walk()
    {
        if (table == 0)
        {
            place = lane.Series.Visit(place, Step, (_, shard, key, host, service) => shard.Moment?.Write(key, host, service));
        }
        else
        {
            ShardMoment moment = shards[table - 1];
            if (moment.Left > 0 && moment.Shard.Segment.Sharding == Sharding.One) moment.Write(SegmentShard.OnlyKey, [], []);
            else if (moment.Left > 0) place = moment.Shard.Visit(place, Step, moment.Write);
            else place = 0;
        }
        if (place > 0) return;
        table = (table + 1) % (shards.Count + 1);
        if (table > 0) return;
        idle = left < leftAtBegin ? 0 : idle + 1;
        if (idle == MostIdle) throw new InvalidOperationException($"{left} keys are not found any more. This is a mistake in the engine.");
        leftAtBegin = left;
    }

    /// <summary>What a key holds, as it was at the moment: its birth, and what each of its stages writes.</summary>
    public ReadOnlySpan<byte> Look(SegmentShard shard, int key)
    {
        Lane.Moment now = lane.At;
        lane.At = at;
        try
        {
            held.Clear();
            shard.Save(key, state, held);
            return held.Written.Span;
        }
        finally
        {
            lane.At = now;
        }
    }

    /// <summary>Takes down what a key holds, which is about to change. Returns where that stands.</summary>
    public long Take(SegmentShard shard, int key)
    {
        ReadOnlySpan<byte> holds = Look(shard, key);
        int length = sizeof(int) + holds.Length;
        if (chunks.Count == 0 || free + length > Math.Max(length, 1 << ChunkBits))
        {
            chunks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(length, 1 << ChunkBits)));
            free = 0;
        }
        Span<byte> room = chunks[^1].AsSpan(free, length);
        BinaryPrimitives.WriteInt32LittleEndian(room, holds.Length);
        holds.CopyTo(room[sizeof(int)..]);
        long where = (long)(chunks.Count - 1) << ChunkBits | (uint)free;
        free += length;
        return where;
    }

    /// <summary>What was taken down.</summary>
    public ReadOnlySpan<byte> Taken(long where)
    {
        ReadOnlySpan<byte> from = chunks[(int)(where >> ChunkBits)].AsSpan((int)(where & ((1 << ChunkBits) - 1)));
        return from.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(from));
    }

    /// <summary>Writes the record of a key: its partition and its length, then what <see cref="SavedKey"/> reads.</summary>
    public void Write(int number, Segment segment, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> holds)
    {
        left--;
        written.Write(Partition.Of(seed, segment.Reactor, first, second));
        int at = written.Count;
        written.Write(0);
        SavedKey.Write(written, number, first, second, holds);
        written.Set(at, written.Count - at - sizeof(int));
    }

    /// <summary>Bytes in memory, with a writer.</summary>
    sealed class Bytes() : BinaryWriter(new MemoryStream())
    {
        MemoryStream Memory => (MemoryStream)OutStream;

        public int Count => (int)Memory.Length;

        public ReadOnlyMemory<byte> Written => Memory.GetBuffer().AsMemory(0, Count);

        public void Clear() => Memory.SetLength(0);

        public void Set(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(Memory.GetBuffer().AsSpan(at), value);
    }
}
