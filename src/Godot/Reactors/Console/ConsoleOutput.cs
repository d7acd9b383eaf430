using Godot.Common;

namespace Godot;

sealed record ConsoleOutputRecipe(Func<EventView, string>? Line) : OutputRecipe
{
    public override string Name => "console";

    // A function is equal to no other, whatever it does.
    public override string? QueueKey => Line is null ? "" : null;

    public override string Preview(Notification notification) =>
        string.Join('\n', notification.Events.Select(e => PlainText.Printable(Line is null ? ConsoleText.Line(e) : Line(e) ?? "")));

    // Whoever reads it slowly is waited for.
    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    internal override TimeSpan StopTimeout => BackgroundWriter.Moment;

    public override IOutput Open(OutputContext context) =>
        new ConsoleOutput(BackgroundWriter.Of(System.Console.Out), Line, TerminalLogger.Colourful(System.Console.IsOutputRedirected));
}

/// <summary>
/// Prints lines. Waits for room where the writer is a queue in front of somebody who does not read: then the notifications behind wait too,
/// are bounded and counted.
/// </summary>
sealed class ConsoleOutput(TextWriter writer, Func<EventView, string>? line, bool colour) : IOutput, IAsyncDisposable
{
    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        foreach (Event e in notifications.SelectMany(notification => notification.Events))
        {
            string text = PlainText.Printable(Line(e));
            string? paint = colour ? ConsoleText.Colour(e.State) : null;
            string line = paint is null ? text : $"\e[{paint}m{text}\e[0m";
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync() => await writer.FlushAsync().ConfigureAwait(false);

    // A function that throws would throw again; what waits behind must not wait for it.
    string Line(Event e)
    {
        try
        {
            return line is null ? ConsoleText.Line(e) : line(e) ?? "";
        }
        catch (Exception thrown)
        {
            throw new UndeliverableException($"The function that Console was given threw: {Thrown.MessageOf(thrown)}", thrown);
        }
    }
}
