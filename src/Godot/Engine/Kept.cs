namespace Godot;

/// <summary>The last event of a key, kept by a stage in its state. The next one overwrites it in place if it fits.</summary>
struct Kept
{
    const int Most = 512;

    byte[]? bytes;
    EventRow row;

    public readonly bool Any => bytes is not null;

    public void Set(EventView e)
    {
        ReadOnlySpan<byte> text = e.Bytes;
        // Much too large is given back: one long description must not stay for ever.
        if (bytes is null || bytes.Length < text.Length || bytes.Length > 4 * text.Length + 256) bytes = new byte[text.Length + text.Length / 8];
        text.CopyTo(bytes);
        row = e.Row;
        row.Start = 0;
    }

    /// <summary>Brings its bytes near.</summary>
    public readonly void Prefetch()
    {
        if (bytes is { } kept) Cache.Prefetch(kept.AsSpan(0, Math.Min(kept.Length, Most)));
    }

    public void Clear() => bytes = null;

    /// <summary>The event; valid until the next <see cref="Set"/>. The state that holds it must stay where it is as long.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly EventView View => new(in row, in bytes![0]);
}
