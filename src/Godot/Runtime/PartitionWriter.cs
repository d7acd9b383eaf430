using System.Buffers.Binary;

namespace Godot.Runtime;

/// <summary>Gathers records by partition, and writes each partition's as chunks.</summary>
sealed class PartitionWriter(BinaryWriter writer)
{
    // All together take no more than so often this.
    const int Longest = 4 * 1024;

    readonly MemoryStream?[] partitions = new MemoryStream?[Partition.Count];

    /// <summary>Takes what <see cref="LaneMoment.Drain"/> returns.</summary>
    public void Add(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            int number = BinaryPrimitives.ReadInt32LittleEndian(records);
            int length = sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(records[sizeof(int)..]);
            MemoryStream partition = partitions[number] ??= new MemoryStream();
            if (partition.Length > 0 && partition.Length + length > Longest) Write(number, partition);
            partition.Write(records.Slice(sizeof(int), length));
            records = records[(sizeof(int) + length)..];
        }
    }

    /// <summary>Writes what is left.</summary>
    public void Flush()
    {
        for (int i = 0; i < partitions.Length; i++)
            if (partitions[i] is { Length: > 0 } partition) Write(i, partition);
    }

    void Write(int number, MemoryStream partition)
    {
        writer.Write(number);
        writer.Write((int)partition.Length);
        writer.Write(partition.GetBuffer().AsSpan(0, (int)partition.Length));
        partition.SetLength(0);
    }
}
