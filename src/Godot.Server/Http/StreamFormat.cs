using System.Buffers;
using Godot.Events;

namespace Godot;

/// <summary>How a stream of events is written: JSON lines, or server-sent events.</summary>
/// <param name="Beat">What is written in a silence, so that a peer that is gone is noticed, and means nothing to one that is not.</param>
sealed record StreamFormat(string ContentType, byte[] Before, byte[] After, byte[] Beat)
{
    public static readonly StreamFormat JsonLines = new("application/x-ndjson", [], [.. "\n"u8], [.. "\n"u8]);

    /// <summary><see href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/></summary>
    public static readonly StreamFormat ServerSentEvents = new("text/event-stream", [.. "data: "u8], [.. "\n\n"u8], [.. ":\n\n"u8]);

    /// <summary>
    /// Writes one event; one that says no time with that of its arrival, since whoever reads it was not there. <paramref name="json"/> is
    /// room to work in.
    /// </summary>
    public void Write(EventView e, ArrayBufferWriter<byte> json, IBufferWriter<byte> output)
    {
        json.ResetWrittenCount();
        EventWriter.Write(e.Row.Has(FieldSet.Time) ? e : e with { Time = e.Time }, json);
        Write(json.WrittenSpan, output);
    }

    /// <summary>Writes one value of JSON, as one line.</summary>
    public void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        int length = Before.Length + json.Length + After.Length;
        Span<byte> line = output.GetSpan(length);
        Before.CopyTo(line);
        Span<byte> value = line.Slice(Before.Length, json.Length);
        json.CopyTo(value);
        EventWriter.OneLine(value);
        After.CopyTo(line[(length - After.Length)..]);
        output.Advance(length);
    }
}
