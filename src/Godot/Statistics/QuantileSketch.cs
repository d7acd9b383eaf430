namespace Godot.Statistics;

/// <summary>
/// Quantiles of numbers that are not kept: DDSketch (Masson, Rim and Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with
/// Relative-Error Guarantees", VLDB 2019). Numbers are counted in buckets that grow in proportion, so that a quantile is off by at most a
/// share of itself.
/// </summary>
/// <param name="accuracy">That share, above 0 and below 1.</param>
sealed class QuantileSketch(double accuracy)
{
    readonly double growth = (1 + accuracy) / (1 - accuracy);
    readonly double logOfGrowth = Math.Log((1 + accuracy) / (1 - accuracy));
    readonly Buckets above = new(MostBuckets(accuracy)), below = new(MostBuckets(accuracy));
    long zeros, count;
    double least, greatest;

    /// <summary>How many numbers there are.</summary>
    public long Count => count;

    public void Add(double number)
    {
        (least, greatest) = count == 0 ? (number, number) : (Math.Min(least, number), Math.Max(greatest, number));
        count++;
        if (number == 0) zeros++;
        else (number > 0 ? above : below).Add(BucketOf(Math.Abs(number)));
    }

    /// <summary>
    /// The number that this share of them is at or below: of n sorted numbers, counted from 0, that at the share of n - 1, rounded down.
    /// There must be one.
    /// </summary>
    public double Quantile(double share)
    {
        long rank = (long)(share * (count - 1)), others = below.Count + zeros;
        if (rank == 0) return least;
        if (rank == count - 1) return greatest;
        double found = rank < below.Count ? -ValueOf(below.Find(below.Count - 1 - rank))
            : rank < others ? 0
            : ValueOf(above.Find(rank - others));
        return Math.Clamp(found, least, greatest);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(count);
        writer.Write(zeros);
        writer.Write(least);
        writer.Write(greatest);
        above.Save(writer);
        below.Save(writer);
    }

    public void Load(StateReader reader)
    {
        (count, zeros, least, greatest) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble());
        above.Load(reader);
        below.Load(reader);
    }

    // Enough for numbers that are a factor of 10^17 apart: a nanosecond and three years.
    static int MostBuckets(double accuracy) => (int)(Math.Log(1e17) / Math.Log((1 + accuracy) / (1 - accuracy))) + Buckets.Step;

    // Bucket i holds what is above growth^(i - 1), and at most growth^i.
    int BucketOf(double size) => (int)Math.Ceiling(Math.Log(size) / logOfGrowth);

    // What is off by the same share from both its ends. Halved first: the topmost bucket ends beyond the largest number.
    double ValueOf(int bucket) => Math.Exp(bucket * logOfGrowth - Math.Log((1 + growth) / 2));

    /// <summary>Counts by bucket, side by side. When there would be too many buckets, those of the smallest numbers become one.</summary>
    sealed class Buckets(int most)
    {
        public const int Step = 64;

        // The count of bucket `first` stands first.
        long[] counts = [];
        int first;

        public long Count { get; private set; }

        public void Add(int bucket) => Add(bucket, 1);

        /// <summary>The bucket of the number of this rank, from the smallest on.</summary>
        public int Find(long rank)
        {
            int at = 0;
            for (long passed = counts[0]; passed <= rank; passed += counts[at]) at++;
            return first + at;
        }

        // With the room that it has: where it grows next, and what becomes one, depends on that.
        public void Save(StateWriter writer)
        {
            writer.Write(first);
            writer.Write(counts.Length);
            writer.Write(counts.Count(count => count > 0));
            for (int i = 0; i < counts.Length; i++)
            {
                if (counts[i] == 0) continue;
                writer.Write(first + i);
                writer.Write(counts[i]);
            }
        }

        public void Load(StateReader reader)
        {
            (first, counts) = (reader.ReadInt32(), new long[reader.ReadCount(most)]);
            for (int left = reader.ReadInt32(); left > 0; left--) Add(reader.ReadInt32(), reader.ReadInt64());
        }

        void Add(int bucket, long times)
        {
            if (bucket < first || bucket >= first + counts.Length) MakeRoom(bucket);
            counts[Math.Max(bucket - first, 0)] += times;
            Count += times;
        }

        void MakeRoom(int bucket)
        {
            if (counts.Length == 0) first = bucket;
            int last = Math.Max(bucket, first + counts.Length - 1), from = Math.Max(Math.Min(bucket, first), last - most + 1);
            if (from == first && last < first + counts.Length) return;
            long[] room = new long[Math.Min((last - from + Step) / Step * Step, most)];
            for (int i = 0; i < counts.Length; i++) room[Math.Max(first + i - from, 0)] += counts[i];
            (counts, first) = (room, from);
        }
    }
}
