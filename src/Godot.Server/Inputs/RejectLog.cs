using System.Text;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Tells of an input's rejects with a sample, at most once a minute for each reason.</summary>
sealed partial class RejectLog(Input input, ILogger log, TimeProvider clock)
{
    readonly OncePerMinute[] lately = [.. RejectReasons.Names.Select(_ => new OncePerMinute(clock))];

    public void Note(RejectReason reason, ReadOnlySpan<byte> sample)
    {
        if (!lately[(int)reason].Pass()) return;
        LineRejected(input.Name, reason.Name(), input.Counters.Rejected(reason), PlainText.Printable(Encoding.UTF8.GetString(sample)));
    }

    [LoggerMessage(LogLevel.Warning, "{Input} rejected a line ({Reason}), {Count} so far, such as: {Sample}")]
    partial void LineRejected(string input, string reason, long count, string sample);
}
