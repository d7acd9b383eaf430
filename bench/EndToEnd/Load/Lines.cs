namespace Godot.Bench;

/// <summary>The lines of a text, without their newlines.</summary>
ref struct Lines(ReadOnlySpan<byte> text)
{
    ReadOnlySpan<byte> rest = text;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly Lines GetEnumerator() => this;

    public bool MoveNext()
    {
        if (rest.IsEmpty) return false;
        int newline = rest.IndexOf((byte)'\n');
        Current = newline < 0 ? rest : rest[..newline];
        rest = newline < 0 ? default : rest[(newline + 1)..];
        return true;
    }
}
