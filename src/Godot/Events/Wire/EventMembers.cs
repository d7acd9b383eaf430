using System.Runtime.CompilerServices;

namespace Godot.Events;

/// <summary>Reads the members of one event into its row.</summary>
/// <remarks>
/// Programs write the same members in the same order again and again, without spaces. So the names are compared in our own order, each
/// by a word or two; the processor, which remembers how that went in the last events, is with the value before the comparison is done.
/// Members in another order cost another round of comparisons; what is written in another way goes by <see cref="AnyMember"/>, and comes
/// to the same.
/// </remarks>
ref struct EventMembers(JsonScanner json, ref EventRow row)
{
    // The event's own braces.
    const int Around = 1;

    readonly JsonScanner json = json;
    readonly ref EventRow row = ref row;
    RejectReason? fault, fatal, leftOut;

    // What a ttl means depends on the time, which may stand after it.
    int ttlAt;
    bool milliseconds;

    /// <summary>The first member's that is not as it should be: why a strict reader rejects the event.</summary>
    public readonly RejectReason? Fault => fault;

    /// <summary>Why any reader rejects it: it does not say whom it is about.</summary>
    public readonly RejectReason? Fatal => fatal;

    /// <summary>Why the event is kept without a member: the first reason that was met.</summary>
    public readonly RejectReason? LeftOut => leftOut;

    /// <summary>Notes what an object says, and says where it ends; or what a <see cref="JsonScanner"/> says instead.</summary>
    public int Read(int at)
    {
        JsonScanner json = this.json;
        at = json.Space(at + 1);
        if (json[at] == (byte)'}') return at + 1;
        while (true)
        {
            int before = at;
            if (json.Is(at, MemberNames.Host) && !json.Comma(Text(json, FieldSet.Host, at + MemberNames.Host.Length), out at)) break;
            if (json.Is(at, MemberNames.Service) && !json.Comma(Text(json, FieldSet.Service, at + MemberNames.Service.Length), out at))
                break;
            if (json.Is(at, MemberNames.State) && !json.Comma(Text(json, FieldSet.State, at + MemberNames.State.Length), out at)) break;
            if (json.Is(at, MemberNames.Time) && !json.Comma(Time(at + MemberNames.Time.Length), out at)) break;
            if (json.Is(at, MemberNames.Description)
                && !json.Comma(Text(json, FieldSet.Description, at + MemberNames.Description.Length), out at)) break;
            if (json.Is(at, MemberNames.Tags) && !json.Comma(Tags(at + MemberNames.Tags.Length - 1), out at)) break;
            if (json.Is(at, MemberNames.Meta) && !json.Comma(Meta(at + MemberNames.Meta.Length - 1), out at)) break;
            if (json.Is(at, MemberNames.Metric) && !json.Comma(Metric(at + MemberNames.Metric.Length), out at)) break;
            if (json.Is(at, MemberNames.Ttl) && !json.Comma(Ttl(at + MemberNames.Ttl.Length), out at)) break;
            if (at == before && !json.Comma(AnyMember(at), out at)) break;
        }
        if (at < 0) return at;
        if (json[at] != (byte)'}') return JsonScanner.Fault;
        if (milliseconds && row.Has(FieldSet.Time) && row.Has(FieldSet.Ttl)) ReadTtlAgain();
        return at + 1;
    }

    int AnyMember(int at)
    {
        at = json.Space(at);
        if (json[at] != (byte)'"') return JsonScanner.Fault;
        int open = at + 1, close = json.Inside(open, out bool escaped);
        if (close < 0) return close;
        at = json.Space(close + 1);
        if (json[at] != (byte)':') return JsonScanner.Fault;
        at = json.Space(at + 1);
        FieldSet part = MemberNames.Find(json.Between(open, close), escaped);
        switch (part)
        {
            case FieldSet.Host or FieldSet.Service or FieldSet.State or FieldSet.Description when json[at] == (byte)'"': return Text(json,
                part, at + 1);
            case FieldSet.Tags when json[at] == (byte)'[': return Tags(at);
            case FieldSet.Meta when json[at] == (byte)'{': return Meta(at);
            case FieldSet.Metric: return Metric(at);
            case FieldSet.Time: return Time(at);
            case FieldSet.Ttl: return Ttl(at);
            case FieldSet.Other:
                row.Present |= FieldSet.Other;
                return json.Value(at, Around);
            default: return NullOrWrong(part, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Text(JsonScanner json, FieldSet part, int open)
    {
        int close = json.Inside(open, out bool escaped);
        if (close < 0) return close;
        row.SetText(part, new Slice(open - row.Start, close - open), escaped);
        if (part == FieldSet.State && close - open > EventRules.LongestState && IsTooLong(json.Between(open, close), escaped))
            LeaveOut(FieldSet.State, RejectReason.StateTooLong);
        return close + 1;
    }

    int Tags(int start)
    {
        JsonScanner json = this.json;
        bool texts = true;
        int at = json.Space(start + 1);
        if (json[at] != (byte)']')
        {
            do
            {
                at = json.Space(at);
                if (json[at] == (byte)'"')
                {
                    at = json.String(at);
                }
                else
                {
                    texts = false;
                    at = this.json.Value(at, Around + 1);
                }
            }
            while (json.Comma(at, out at));
            if (at < 0) return at;
            if (json[at] != (byte)']') return JsonScanner.Fault;
        }
        if (texts) row.SetText(FieldSet.Tags, new Slice(start - row.Start, at + 1 - start), escaped: false);
        else LeaveOut(FieldSet.Tags, RejectReason.WrongType);
        return at + 1;
    }

    int Meta(int start)
    {
        int at = json.Container(start, Around);
        if (at > 0) row.SetText(FieldSet.Meta, new Slice(start - row.Start, at - start), escaped: false);
        return at;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    int Metric(int start)
    {
        start = json.Space(start);
        int at = json.Number(start, out JsonNumber number);
        if (at < 0) return NullOrWrong(FieldSet.Metric, start);
        SetMetric(in number, start, at);
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void SetMetric(in JsonNumber number, int start, int end)
    {
        double metric = number.ToDouble(json.Between(start, end));
        row.Metric = metric;
        row.Present |= FieldSet.Metric;
        if (!double.IsFinite(metric)) LeaveOut(FieldSet.Metric, RejectReason.OutOfRange);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    int Time(int start)
    {
        start = json.Space(start);
        int at = json.Number(start, out JsonNumber number);
        if (at < 0) return NullOrWrong(FieldSet.Time, start);
        SetTime(in number);
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void SetTime(in JsonNumber number)
    {
        bool possible = WireTime.TryTime(in number, out long time, out bool inMilliseconds);
        (row.Time, milliseconds) = (time, inMilliseconds);
        row.Present |= FieldSet.Time;
        if (!possible) LeaveOut(FieldSet.Time, RejectReason.OutOfRange);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    int Ttl(int start)
    {
        start = json.Space(start);
        int at = json.Number(start, out JsonNumber number);
        if (at < 0) return NullOrWrong(FieldSet.Ttl, start);
        SetTtl(in number, start);
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void SetTtl(in JsonNumber number, int start)
    {
        row.Ttl = WireTime.Ttl(in number, milliseconds: false);
        ttlAt = start;
        row.Present |= FieldSet.Ttl;
        if (number.IsNegative) LeaveOut(FieldSet.Ttl, RejectReason.OutOfRange);
    }

    void ReadTtlAgain()
    {
        json.Number(ttlAt, out JsonNumber number);
        row.Ttl = WireTime.Ttl(in number, milliseconds: true);
    }

    // Not a value of the field's type. What it surely means is taken; a heartbeat is not lost because of a member that it does not need,
    // but one that may be another's is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    int NullOrWrong(FieldSet part, int at)
    {
        byte first = json[at];
        int end = json.Value(at, Around);
        if (end < 0) return end;
        if (first == (byte)'n')
        {
            row.Present &= ~part;
            return end;
        }

        // What is written of it later is of the right type.
        row.Changed |= part;
        fault ??= RejectReason.WrongType;
        bool scalar = first is not ((byte)'{' or (byte)'[');
        if ((part & (FieldSet.Series | FieldSet.State | FieldSet.Description)) != 0 && scalar) SetText(part, at, end);
        else if ((part & (FieldSet.Metric | FieldSet.Time | FieldSet.Ttl)) != 0 && first == (byte)'"'
            && TrySetQuoted(part, at + 1, end - 1)) { }
        else if ((part & FieldSet.Series) != 0) fatal ??= RejectReason.WrongType;
        else LeaveOut(part, RejectReason.WrongType);
        return end;
    }

    // A number, true or false, as it is written.
    void SetText(FieldSet part, int start, int end)
    {
        row.SetText(part, new Slice(start - row.Start, end - start), escaped: false);
        if (part == FieldSet.State && end - start > EventRules.LongestState) LeaveOut(part, RejectReason.StateTooLong);
    }

    // A text that is a number, from its first character to its last.
    bool TrySetQuoted(FieldSet part, int start, int end)
    {
        if (json.Number(start, out JsonNumber number) != end) return false;
        if (part == FieldSet.Metric) SetMetric(in number, start, end);
        else if (part == FieldSet.Time) SetTime(in number);
        else SetTtl(in number, start);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void LeaveOut(FieldSet part, RejectReason reason)
    {
        row.Present &= ~part;
        row.Changed |= part;
        fault ??= reason;
        leftOut ??= reason;
    }

    static bool IsTooLong(ReadOnlySpan<byte> state, bool escaped)
    {
        // An escape is at most six times as long as what it means.
        if (!escaped || state.Length > EventRules.LongestState * 6) return true;
        return JsonText.Unescape(state, stackalloc byte[EventRules.LongestState * 6]) > EventRules.LongestState;
    }
}
