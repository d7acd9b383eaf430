namespace Godot.Events;

/// <summary>What was no event, or kept without a member: how often, by reason, and the beginning of the last one.</summary>
sealed class Rejects
{
    const int SampleLength = 200;

    readonly byte[]?[] samples = new byte[]?[RejectReasons.Names.Length];
    readonly int[] lengths = new int[RejectReasons.Names.Length];

    public long[] Counts { get; } = new long[RejectReasons.Names.Length];

    public void Add(RejectReason reason, ReadOnlySpan<byte> text)
    {
        Counts[(int)reason]++;
        if (text.Length > SampleLength) text = text[..SampleLength];
        text.CopyTo(samples[(int)reason] ??= new byte[SampleLength]);
        lengths[(int)reason] = text.Length;
    }

    public ReadOnlySpan<byte> Sample(RejectReason reason) => samples[(int)reason].AsSpan(0, lengths[(int)reason]);
}
