using System.Runtime.CompilerServices;

namespace Godot;

/// <summary>Reads the members of one event into its row.</summary>
/// <remarks>
/// Programs write the same members in the same order again and again, without spaces. So each name is compared at once, quotes and colon
/// included, and the processor, which remembers where the last events went from here, is with the value before the comparison is done.
/// Anything else goes by <see cref="AnyMember"/>, and comes to the same.
/// </remarks>
ref struct EventMembers(JsonScanner json, ref EventRow row)
{
    // The event's own braces.
    const int Around = 1;

    readonly JsonScanner json = json;
    readonly ref EventRow row = ref row;
    RejectReason? fault;

    // What a ttl means depends on the time, which may stand after it.
    JsonNumber ttl;
    bool milliseconds;

    /// <summary>Why a well-formed object is no event: the first reason that was met.</summary>
    public readonly RejectReason? Fault => fault;

    /// <summary>Notes what an object says, and says where it ends; or what a <see cref="JsonScanner"/> says instead.</summary>
    public int Read(int at)
    {
        at = json.Space(at + 1);
        if (json[at] == (byte)'}') return at + 1;
        for (bool more = true; more;)
        {
            int before = at;
            if (json.Is(at, "\"host\":"u8)) more = json.Next(Text(Parts.Host, at + "\"host\":".Length), out at);
            if (more && json.Is(at, "\"service\":"u8)) more = json.Next(Text(Parts.Service, at + "\"service\":".Length), out at);
            if (more && json.Is(at, "\"state\":"u8)) more = json.Next(Text(Parts.State, at + "\"state\":".Length), out at);
            if (more && json.Is(at, "\"time\":"u8)) more = json.Next(Time(at + "\"time\":".Length), out at);
            if (more && json.Is(at, "\"description\":"u8)) more = json.Next(Text(Parts.Description, at + "\"description\":".Length), out at);
            if (more && json.Is(at, "\"tags\":"u8)) more = json.Next(Tags(at + "\"tags\":".Length), out at);
            if (more && json.Is(at, "\"meta\":"u8)) more = json.Next(Meta(at + "\"meta\":".Length), out at);
            if (more && json.Is(at, "\"metric\":"u8)) more = json.Next(Metric(at + "\"metric\":".Length), out at);
            if (more && json.Is(at, "\"ttl\":"u8)) more = json.Next(Ttl(at + "\"ttl\":".Length), out at);
            if (at == before) more = json.Next(AnyMember(at), out at);
        }
        if (at < 0) return at;
        if (json[at] != (byte)'}') return JsonScanner.Fault;
        if (row.Has(Parts.Ttl) && !WireTime.TryTtl(in ttl, milliseconds && row.Has(Parts.Time), out row.Ttl)) Reject(RejectReason.OutOfRange);
        return at + 1;
    }

    int AnyMember(int at)
    {
        if (json[at] != (byte)'"') return JsonScanner.Fault;
        int open = at + 1, close = json.Inside(open, out bool escaped);
        if (close < 0) return close;
        at = json.Take((byte)':', close + 1);
        if (at < 0) return at;
        Parts part = MemberNames.Find(json.Between(open, close), escaped);
        switch (part)
        {
            case Parts.Tags: return Tags(at);
            case Parts.Meta: return Meta(at);
            case Parts.Metric: return Metric(at);
            case Parts.Time: return Time(at);
            case Parts.Ttl: return Ttl(at);
            case Parts.Other:
                row.Present |= Parts.Other;
                return json.Value(json.Space(at), Around);
            default: return Text(part, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Text(Parts part, int at)
    {
        at = json.Space(at);
        if (json[at] != (byte)'"') return NotSo(part, at);
        int open = at + 1, close = json.Inside(open, out bool escaped);
        if (close < 0) return close;
        row.SetText(part, new Slice(open - row.Start, close - open), escaped);
        if (part == Parts.State && close - open > EventRules.LongestState && IsTooLong(json.Between(open, close), escaped)) Reject(RejectReason.StateTooLong);
        return close + 1;
    }

    int Tags(int at)
    {
        int start = json.Space(at);
        if (json[start] != (byte)'[') return NotSo(Parts.Tags, start);
        at = json.Space(start + 1);
        if (json[at] != (byte)']')
        {
            while (true)
            {
                if (json[at] == (byte)'"')
                {
                    at = json.String(at);
                }
                else
                {
                    Reject(RejectReason.WrongType);
                    at = json.Value(at, Around + 1);
                }
                if (at < 0) return at;
                at = json.Space(at);
                if (json[at] != (byte)',') break;
                at = json.Space(at + 1);
            }
            if (json[at] != (byte)']') return JsonScanner.Fault;
        }
        row.SetText(Parts.Tags, new Slice(start - row.Start, at + 1 - start), escaped: false);
        return at + 1;
    }

    int Meta(int at)
    {
        int start = json.Space(at);
        if (json[start] != (byte)'{') return NotSo(Parts.Meta, start);
        at = json.Container(start, Around);
        if (at > 0) row.SetText(Parts.Meta, new Slice(start - row.Start, at - start), escaped: false);
        return at;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    int Metric(int at)
    {
        int start = json.Space(at);
        if (!IsNumber(start)) return NotSo(Parts.Metric, start);
        at = json.Number(start, out JsonNumber number);
        if (at < 0) return at;
        row.Present |= Parts.Metric;
        double metric = number.ToDouble(json.Between(start, at));
        row.Metric = metric;
        if (!double.IsFinite(metric)) Reject(RejectReason.OutOfRange);
        return at;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    int Time(int at)
    {
        int start = json.Space(at);
        if (!IsNumber(start)) return NotSo(Parts.Time, start);
        at = json.Number(start, out JsonNumber number);
        if (at < 0) return at;
        row.Present |= Parts.Time;
        if (!WireTime.TryTime(in number, out long time, out bool inMilliseconds)) Reject(RejectReason.OutOfRange);
        (row.Time, milliseconds) = (time, inMilliseconds);
        return at;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    int Ttl(int at)
    {
        int start = json.Space(at);
        if (!IsNumber(start)) return NotSo(Parts.Ttl, start);
        at = json.Number(start, out JsonNumber number);
        if (at < 0) return at;
        ttl = number;
        row.Present |= Parts.Ttl;
        if (number.IsNegative) Reject(RejectReason.OutOfRange);
        return at;
    }

    readonly bool IsNumber(int at) => json[at] == (byte)'-' || char.IsAsciiDigit((char)json[at]);

    // A value that is none of the field's kind: null, or a wrong type.
    int NotSo(Parts part, int at)
    {
        if (json[at] == (byte)'n') row.Present &= ~part;
        else Reject(RejectReason.WrongType);
        return json.Value(at, Around);
    }

    void Reject(RejectReason reason) => fault ??= reason;

    static bool IsTooLong(ReadOnlySpan<byte> state, bool escaped)
    {
        // An escape is at most six times as long as what it means.
        if (!escaped || state.Length > EventRules.LongestState * 6) return true;
        return JsonText.Unescape(state, stackalloc byte[EventRules.LongestState * 6]) > EventRules.LongestState;
    }
}
