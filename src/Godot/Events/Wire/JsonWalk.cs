using System.Buffers;

namespace Godot.Events;

/// <summary>Steps through the members of an object, or the elements of an array. The text is well-formed: the reader has looked.</summary>
ref struct JsonWalk(ReadOnlySpan<byte> json)
{
    static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n,:"u8), AfterWord = SearchValues.Create(" \t\r\n,]}"u8);

    readonly ReadOnlySpan<byte> json = json;
    int at = 1;

    /// <summary>The member's name as it stands between its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public readonly bool NameEscaped => Name.Contains((byte)'\\');

    /// <summary>The JSON text of the value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool NextMember()
    {
        if (!More()) return false;
        Name = Step(StringLength(json[at..]))[1..^1];
        return NextElement();
    }

    public bool NextElement()
    {
        if (!More()) return false;
        Value = Step(ValueLength(json[at..]));
        return true;
    }

    // The last byte closes the container.
    bool More()
    {
        at += json[at..].IndexOfAnyExcept(Between);
        return at < json.Length - 1;
    }

    ReadOnlySpan<byte> Step(int length) => json.Slice((at += length) - length, length);

    static int ValueLength(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'"' => StringLength(text),
        (byte)'{' or (byte)'[' => ContainerLength(text),
        _ => text.IndexOfAny(AfterWord),
    };

    static int StringLength(ReadOnlySpan<byte> text)
    {
        for (int at = 1; ; at += 2)
        {
            at += text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (text[at] == (byte)'"') return at + 1;
        }
    }

    static int ContainerLength(ReadOnlySpan<byte> text)
    {
        int open = 0;
        for (int at = 0; ;)
        {
            switch (text[at])
            {
                case (byte)'{' or (byte)'[': open++; break;
                case (byte)'}' or (byte)']' when --open == 0: return at + 1;
                case (byte)'"':
                    at += StringLength(text[at..]);
                    continue;
            }
            at++;
        }
    }
}
