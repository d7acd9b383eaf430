using System.Globalization;
using System.Net.Sockets;
using Godot.Common;

namespace Godot;

/// <summary>A carbon daemon, as a recipe names it.</summary>
sealed record GraphiteRecipe(string Host, int Port, string Prefix) : OutputRecipe
{
    public override string Name => "graphite";

    public override bool TellsPeople => false;

    public override string QueueKey => $"{Host} {Port} {Prefix}";

    public override TimeSpan Interval => TimeSpan.FromMilliseconds(100);

    public override int Capacity => 100_000;

    // GraphiteOutput has a limit for each line: a slow one makes progress.
    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    public override string? Preview(Notification notification) =>
        string.Concat(notification.Events.Select(e => GraphiteLine.Of(e, Prefix))).TrimEnd() is { Length: > 0 } lines ? lines : null;

    public override async Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(Host, Port, cancellationToken).ConfigureAwait(false);
            return $"Graphite at {Host}:{Port} accepts a connection.";
        }
        catch (SocketException e)
        {
            throw new IOException($"Graphite at {Host}:{Port} cannot be reached: {PlainText.Line(e.Message)}", e);
        }
    }

    public override IOutput Open(OutputContext context) => new GraphiteOutput(this, context.TimeProvider);

    public override string ToString()
    {
        string text = $"Graphite({RecipeText.Quote(Host)}";
        if (Port != 2003) text += string.Create(CultureInfo.InvariantCulture, $", {Port}");
        if (Prefix != "godot") text += $", prefix: {RecipeText.Quote(Prefix)}";
        return text + ")";
    }
}
