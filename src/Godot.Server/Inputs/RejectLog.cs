using System.Text;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Tells of an input's rejects with a sample, at most once a minute for each reason.</summary>
sealed partial class RejectLog(Input input, ILogger log, TimeProvider clock)
{
    readonly OncePerMinute[] lately = [.. RejectReasons.Names.Select(_ => new OncePerMinute(clock))];

    public void Note(RejectReason reason, ReadOnlySpan<byte> sample)
    {
        if (lately[(int)reason].Pass()) LineRejected(input.Name, reason.Name(), Printable.Text(Encoding.UTF8.GetString(sample)), input.Counters.Rejected(reason));
    }

    [LoggerMessage(LogLevel.Warning, "{Input} rejected a line ({Reason}), {Count} so far, such as: {Sample}")]
    partial void LineRejected(string input, string reason, string sample, long count);
}
