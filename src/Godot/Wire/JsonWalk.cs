namespace Godot;

/// <summary>Steps through the members of an object, or the elements of an array. The text is well-formed: the reader has looked.</summary>
ref struct JsonWalk
{
    readonly ReadOnlySpan<byte> json;
    JsonScanner scanner;
    Slice name, value;

    public JsonWalk(ReadOnlySpan<byte> json)
    {
        this.json = json;
        scanner = new JsonScanner(json) { At = 1 };
    }

    /// <summary>The member's name as it stands between its quotes.</summary>
    public readonly ReadOnlySpan<byte> Name => scanner[name];

    public bool NameEscaped { get; private set; }

    /// <summary>The JSON text of the value.</summary>
    public readonly ReadOnlySpan<byte> Value => scanner[value];

    public bool NextMember()
    {
        if (!More() || !scanner.Name(out name, out bool escaped)) return false;
        NameEscaped = escaped;
        return NextValue();
    }

    public bool NextElement() => More() && NextValue();

    bool NextValue()
    {
        int start = scanner.At;
        bool found = scanner.Value(around: 0);
        value = scanner.Since(start);
        return found;
    }

    bool More()
    {
        scanner.Take((byte)',');
        scanner.SkipSpace();
        return scanner.At < json.Length - 1;
    }
}
