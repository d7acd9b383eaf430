using System.Text;
using Godot.Common;
using Godot.Events;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// Tells of an input's rejects, and of events that it kept without a member, with a sample, at most once a minute for each reason.
/// </summary>
sealed partial class RejectLog(Input input, ILogger log, TimeProvider clock)
{
    readonly OncePerMinute[] lately = ForEachReason(input, clock), latelyIncomplete = ForEachReason(input, clock);

    public void Note(RejectReason reason, ReadOnlySpan<byte> sample)
    {
        if (!lately[(int)reason].Pass()) return;
        LineRejected(input.Name, NameOf(reason), input.Counters.Rejected(reason), Shown(sample));
    }

    public void NoteIncomplete(RejectReason reason, ReadOnlySpan<byte> sample)
    {
        if (!latelyIncomplete[(int)reason].Pass()) return;
        EventIncomplete(input.Name, NameOf(reason), input.Counters.Incomplete(reason), Shown(sample));
    }

    string NameOf(RejectReason reason) => input.Counters.Reasons[(int)reason];

    static string Shown(ReadOnlySpan<byte> sample) => PlainText.Printable(Encoding.UTF8.GetString(sample));

    static OncePerMinute[] ForEachReason(Input input, TimeProvider clock) =>
        [.. input.Counters.Reasons.Select(_ => new OncePerMinute(clock))];

    [LoggerMessage(LogLevel.Warning, "{Input} kept an event without a member ({Reason}), {Count} so far, such as: {Sample}")]
    partial void EventIncomplete(string input, string reason, long count, string sample);

    [LoggerMessage(LogLevel.Warning, "{Input} rejected a line ({Reason}), {Count} so far, such as: {Sample}")]
    partial void LineRejected(string input, string reason, long count, string sample);
}
