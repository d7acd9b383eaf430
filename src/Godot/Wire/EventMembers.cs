namespace Godot;

/// <summary>Reads the members of one event into its row.</summary>
ref struct EventMembers(ref EventRow row)
{
    // The event's own braces.
    const int Around = 1;

    readonly ref EventRow row = ref row;
    RejectReason? fault;

    // What a ttl means depends on the time, which may stand after it.
    JsonNumber ttl;
    bool milliseconds;

    /// <summary>Why a well-formed object is no event: the first reason that was met.</summary>
    public readonly RejectReason? Fault => fault;

    /// <summary>Steps over an object and notes what it says; false if it is not well-formed.</summary>
    public bool Read(scoped ref JsonScanner json)
    {
        json.At++;
        if (json.Take((byte)'}')) return true;
        do
        {
            if (!json.Name(out Slice name, out bool escaped)) return false;
            if (!Value(ref json, MemberNames.Find(json[name], escaped))) return false;
        }
        while (json.Take((byte)','));

        if (row.Has(Parts.Ttl) && !WireTime.TryTtl(ttl, milliseconds && row.Has(Parts.Time), out row.Ttl)) Reject(RejectReason.OutOfRange);
        return json.Take((byte)'}');
    }

    bool Value(scoped ref JsonScanner json, Parts part)
    {
        byte first = json.Next;
        if (part == Parts.Other)
        {
            row.Present |= Parts.Other;
            return json.Value(Around);
        }
        if (first == (byte)'n')
        {
            row.Present &= ~part;
            return json.Literal("null"u8);
        }
        switch (part)
        {
            case Parts.Metric or Parts.Time or Parts.Ttl when first == (byte)'-' || char.IsAsciiDigit((char)first):
                return Number(ref json, part);
            case Parts.Host or Parts.Service or Parts.State or Parts.Description when first == (byte)'"':
                return Text(ref json, part);
            case Parts.Tags when first == (byte)'[':
                return Tags(ref json);
            case Parts.Meta when first == (byte)'{':
                int start = json.At;
                if (!json.Value(Around)) return false;
                row.SetText(part, json.Since(start), escaped: false);
                return true;
            default:
                Reject(RejectReason.WrongType);
                return json.Value(Around);
        }
    }

    bool Text(scoped ref JsonScanner json, Parts part)
    {
        if (!json.String(out Slice text, out bool escaped)) return false;
        row.SetText(part, text, escaped);
        if (part == Parts.State && text.Length > EventRules.LongestState && IsTooLong(json[text], escaped)) Reject(RejectReason.StateTooLong);
        return true;
    }

    bool Tags(scoped ref JsonScanner json)
    {
        int start = json.At++;
        if (!json.Take((byte)']'))
        {
            do
            {
                json.SkipSpace();
                if (json.Next != (byte)'"') Reject(RejectReason.WrongType);
                if (!json.Value(Around + 1)) return false;
            }
            while (json.Take((byte)','));
            if (!json.Take((byte)']')) return false;
        }
        row.SetText(Parts.Tags, json.Since(start), escaped: false);
        return true;
    }

    bool Number(scoped ref JsonScanner json, Parts part)
    {
        int start = json.At;
        if (!json.Number(out JsonNumber number)) return false;
        ReadOnlySpan<byte> text = json[json.Since(start)];
        row.Present |= part;
        switch (part)
        {
            case Parts.Metric:
                row.Metric = number.ToDouble(text);
                if (!double.IsFinite(row.Metric)) Reject(RejectReason.OutOfRange);
                break;
            case Parts.Time:
                if (!WireTime.TryTime(number, out row.Time, out milliseconds)) Reject(RejectReason.OutOfRange);
                break;
            default:
                if (number.IsNegative) Reject(RejectReason.OutOfRange);
                ttl = number;
                break;
        }
        return true;
    }

    void Reject(RejectReason reason) => fault ??= reason;

    static bool IsTooLong(ReadOnlySpan<byte> state, bool escaped)
    {
        // An escape is at most six times as long as what it means.
        if (!escaped || state.Length > EventRules.LongestState * 6) return true;
        return JsonText.Unescape(state, stackalloc byte[EventRules.LongestState * 6]) > EventRules.LongestState;
    }
}
