namespace Godot;

sealed record ConsoleOutputRecipe(Func<EventView, string>? Line) : OutputRecipe
{
    public override string Name => "console";

    public override string Preview(Notification notification) =>
        string.Join('\n', notification.Events.Select(e => PlainText.Printable(Line is null ? ConsoleText.Line(e) : Line(e) ?? "")));

    public override IOutput Open(OutputContext context) => new ConsoleOutput(System.Console.Out, Line, TerminalLogger.Colourful(System.Console.IsOutputRedirected));
}

sealed class ConsoleOutput(TextWriter writer, Func<EventView, string>? line, bool colour) : IOutput
{
    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        foreach (Event e in notifications.SelectMany(notification => notification.Events))
        {
            string text = PlainText.Printable(Line(e));
            string? paint = colour ? ConsoleText.Colour(e.State) : null;
            await writer.WriteLineAsync((paint is null ? text : $"\e[{paint}m{text}\e[0m").AsMemory(), stop).ConfigureAwait(false);
        }
        await writer.FlushAsync(stop).ConfigureAwait(false);
    }

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
