namespace Godot.Events;

/// <summary>What was not an event, or kept without a member: how often, by reason, and the beginning of the last one.</summary>
/// <param name="reasons">How many there are: those that all decoders have, then a decoder's own.</param>
sealed class Rejects(int reasons)
{
    const int SampleLength = 200;

    /// <summary>For the reasons that all decoders have.</summary>
    public Rejects() : this(RejectReasons.Names.Length)
    {
    }

    readonly byte[]?[] samples = new byte[]?[reasons];
    readonly int[] lengths = new int[reasons];

    public long[] Counts { get; } = new long[reasons];

    public void Add(RejectReason reason, ReadOnlySpan<byte> text)
    {
        Counts[(int)reason]++;
        if (text.Length > SampleLength) text = text[..SampleLength];
        text.CopyTo(samples[(int)reason] ??= new byte[SampleLength]);
        lengths[(int)reason] = text.Length;
    }

    public ReadOnlySpan<byte> Sample(RejectReason reason) => samples[(int)reason].AsSpan(0, lengths[(int)reason]);
}
