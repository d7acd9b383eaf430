using Godot.Common;

namespace Godot;

sealed record ConsoleOutputRecipe(Func<EventView, string>? Line) : OutputRecipe
{
    public override string Name => "console";

    public override bool TellsPeople => false;

    // A function is equal to no other, whatever it does.
    public override string? QueueKey => Line is null ? "" : null;

    public override string Preview(Notification notification) =>
        string.Join('\n', ConsoleText.Lines(notification, Line).Select(line => PlainText.Printable(line.Text)));

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
        foreach (Notification notification in notifications)
        {
            foreach ((string text, string? paint) in Lines(notification))
            {
                string shown = PlainText.Printable(text), painted = colour && paint is not null ? $"\e[{paint}m{shown}\e[0m" : shown;
                await writer.WriteLineAsync(painted.AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync() => await writer.FlushAsync().ConfigureAwait(false);

    // A function that throws would throw again; what waits behind must not wait for it.
    IReadOnlyList<(string Text, string? Colour)> Lines(Notification notification)
    {
        try
        {
            return [.. ConsoleText.Lines(notification, line)];
        }
        catch (Exception thrown)
        {
            throw new UndeliverableException($"The function that Console was given threw: {Thrown.MessageOf(thrown)}", thrown);
        }
    }
}
