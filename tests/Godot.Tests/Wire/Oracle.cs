using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Godot.Events;

namespace Godot.Tests.Wire;

/// <summary>What a line means, slowly and by other means than ours: System.Text.Json, BigInteger, double.Parse.</summary>
static partial class Oracle
{
    static readonly JsonDocumentOptions Options = new() { MaxDepth = 100_000 };

    const string Nine = " host service state description tags meta metric time ttl ";

    /// <param name="strict">As <see cref="WireLimits.Strict"/>.</param>
    public static (List<Dictionary<string, object>> Events, List<string> Rejects, List<string> Incomplete) Read(byte[] line, bool strict)
    {
        List<Dictionary<string, object>> events = [];
        List<string> rejects = [], incomplete = [];
        ReadOnlyMemory<byte> text = line.AsSpan().StartsWith("\uFEFF"u8) ? line.AsMemory(3) : line;
        if (text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) return (events, rejects, incomplete);
        if (!Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)).AsSpan().SequenceEqual(line)) return (events, ["not_utf8"], incomplete);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            JsonElement root = document.RootElement;
            JsonElement[] elements = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
            if (elements.Any(element => Depth(element) > 64)) return (events, ["too_deep"], incomplete);
            foreach (JsonElement element in elements)
            {
                string? leftOut = null;
                string? fault = element.ValueKind == JsonValueKind.Object
                    ? Fields(element, strict, out Dictionary<string, object> fields, out leftOut) : NotAnEvent(out fields);
                if (fault is null) events.Add(fields);
                else rejects.Add(fault);
                if (fault is null && leftOut is not null) incomplete.Add(leftOut);
            }
        }
        catch (JsonException)
        {
            return ([], ["not_json"], []);
        }
        rejects.Sort(StringComparer.Ordinal);
        incomplete.Sort(StringComparer.Ordinal);
        return (events, rejects, incomplete);
    }

    static string? NotAnEvent(out Dictionary<string, object> fields)
    {
        fields = [];
        return "not_an_event";
    }

    static string? Fields(JsonElement element, bool strict, out Dictionary<string, object> fields, out string? leftOut)
    {
        Dictionary<string, object> found = fields = new() { ["json"] = element.GetRawText() };
        string? fault = null, fatal = null, without = null;
        string unit = "s";
        void LeaveOut(string name, string reason)
        {
            found.Remove(name);
            found["json"] = "amended";
            fault ??= reason;
            without ??= reason;
        }
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = Decode(JsonMarshal.GetRawUtf8PropertyName(member));
            JsonElement value = member.Value;
            JsonValueKind kind = value.ValueKind;
            bool isScalar = kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String;
            string written = kind == JsonValueKind.String ? Encoding.UTF8.GetString(Inside(value)) : value.GetRawText();
            bool isNumber = kind == JsonValueKind.Number || (kind == JsonValueKind.String && AsNumber().IsMatch(written));
            if (Nine.Contains($" {name} ", StringComparison.Ordinal) && kind != Kinds(name) && kind != JsonValueKind.Null)
            {
                fields["json"] = "amended";
                fault ??= "wrong_type";
            }
            switch (name)
            {
                case "host" or "service" or "state" or "description" or "tags" or "meta"
                    or "metric" or "time" or "ttl" when kind == JsonValueKind.Null:
                    fields.Remove(name);
                    if (name == "time") unit = "s";
                    break;
                case "host" or "service" or "state" or "description" when isScalar:
                    string decoded = kind == JsonValueKind.String ? Decode(Inside(value)) : written;
                    fields[name] = decoded;
                    if (name == "state" && Encoding.UTF8.GetByteCount(decoded) >= 255) LeaveOut(name, "state_too_long");
                    break;
                case "tags" when kind == JsonValueKind.Array:
                    if (value.EnumerateArray().Any(tag => tag.ValueKind != JsonValueKind.String)) LeaveOut(name, "wrong_type");
                    else fields[name] = string.Join('\0', value.EnumerateArray().Select(tag => Decode(Inside(tag))));
                    break;
                case "meta" when kind == JsonValueKind.Object:
                    fields[name] = Values(value.EnumerateObject(), _ => true);
                    break;
                case "metric" when isNumber:
                    double metric = double.Parse(written, CultureInfo.InvariantCulture);
                    fields[name] = BitConverter.DoubleToInt64Bits(metric);
                    if (!double.IsFinite(metric)) LeaveOut(name, "out_of_range");
                    break;
                case "time" when isNumber:
                    unit = Math.Abs(double.Parse(written, CultureInfo.InvariantCulture)) switch { > 1e17 => "ns", > 1e14 => "us", > 1e11 =>
                        "ms", _ => "s" };
                    BigInteger ticks = Ticks(written, unit);
                    fields[name] = ticks;
                    if (ticks + DateTime.UnixEpoch.Ticks < 0 || ticks + DateTime.UnixEpoch.Ticks > DateTime.MaxValue.Ticks)
                        LeaveOut(name, "out_of_range");
                    break;
                case "ttl" when isNumber:
                    fields[name] = written;
                    if (written[0] == '-' && written.TakeWhile(c => c is not ('e' or 'E')).Any(c => c is >= '1' and <= '9'))
                        LeaveOut(name, "out_of_range");
                    break;
                case "host" or "service":
                    fatal ??= "wrong_type";
                    break;
                case "state" or "description" or "tags" or "meta" or "metric" or "time" or "ttl":
                    LeaveOut(name, "wrong_type");
                    break;
            }
        }
        if (!fields.ContainsKey("time")) unit = "s";
        if (fields.TryGetValue("ttl", out object? ttl)) fields["ttl"] = Ttl((string)ttl, unit);
        fields["others"] =
            Values(element.EnumerateObject(),
                name => name is not ("host" or "service" or "state" or "description" or "tags" or "meta" or "metric" or "time" or "ttl"));
        leftOut = without;
        return strict ? fault : fatal;
    }

    static JsonValueKind Kinds(string name) => name switch
    {
        "tags" => JsonValueKind.Array,
        "meta" => JsonValueKind.Object,
        "metric" or "time" or "ttl" => JsonValueKind.Number,
        _ => JsonValueKind.String,
    };

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex AsNumber();

    static BigInteger Ttl(string text, string unit)
    {
        BigInteger ticks = Ticks(text, "s");
        if (unit == "ms" && ticks >= 1000 * TimeSpan.TicksPerSecond) ticks = Ticks(text, "ms");
        return BigInteger.Min(ticks, long.MaxValue / 4);
    }

    // The number in units of 100 ns, rounded half away from zero.
    static BigInteger Ticks(string text, string unit)
    {
        int e = text.IndexOfAny(['e', 'E']);
        string digits = e < 0 ? text : text[..e];
        BigInteger power = (e < 0 ? 0 : BigInteger.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            + unit switch { "ns" => -2, "us" => 1, "ms" => 4, _ => 7 };
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) power -= digits.Length - point - 1;
        BigInteger value =
            BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture);
        if (value.IsZero || power < -1000) return 0;
        if (power > 1000) return value * BigInteger.Pow(10, 1000);
        if (power >= 0) return value * BigInteger.Pow(10, (int)power);
        BigInteger divisor = BigInteger.Pow(10, -(int)power);
        return value.Sign * ((BigInteger.Abs(value) * 2 + divisor) / (divisor * 2));
    }

    static string Values(JsonElement.ObjectEnumerator members, Func<string, bool> wanted)
    {
        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (JsonProperty member in members)
        {
            string name = Decode(JsonMarshal.GetRawUtf8PropertyName(member));
            if (wanted(name)) values[name] = member.Value.ValueKind == JsonValueKind.String ? $"Text {Decode(Inside(member.Value))}"
                : $"{Kind(member.Value)} {member.Value.GetRawText()}";
        }
        return string.Join('\0', values);
    }

    static MetaKind Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => MetaKind.Number,
        JsonValueKind.True or JsonValueKind.False => MetaKind.Boolean,
        JsonValueKind.Null => MetaKind.Null,
        _ => MetaKind.Json,
    };

    static int Depth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(member => Depth(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    static ReadOnlySpan<byte> Inside(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    // Char by char; encoding and decoding turns half pairs into U+FFFD.
    static string Decode(ReadOnlySpan<byte> inside)
    {
        string text = Encoding.UTF8.GetString(inside);
        StringBuilder decoded = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                decoded.Append(text[i]);
                continue;
            }
            i++;
            if (text[i] == 'u')
            {
                decoded.Append((char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }
            decoded.Append(text[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', char c => c });
        }
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(decoded.ToString()));
    }
}
