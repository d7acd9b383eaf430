using Godot;

/// <summary>The output as a recipe names it: reactors that write into one file share its queue.</summary>
public sealed record LogbookRecipe(string Path) : OutputRecipe
{
    public override string Name => "logbook";

    public override string? QueueKey => Path;

    public override IOutput Open(OutputContext context) => new Logbook(Path);

    /// <summary>For the server program's <c>check</c>.</summary>
    public override string? Preview(Notification notification) => Logbook.Line(notification);
}

/// <summary>The output that runs. What it throws is tried again.</summary>
sealed class Logbook(string path) : IOutput
{
    public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop) =>
        File.AppendAllLinesAsync(path, notifications.Select(Line), stop);

    public static string Line(Notification notification) =>
        $"{notification.Id} {notification.Reactor}: {string.Join(", ", notification.Events.Select(e => $"{e.Service} is {e.Metric}"))}";
}

public static class LogbookReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>Writes a line for each event, or batch, into a file, and passes on what it was handed.</summary>
        public T Logbook(string path) => recipe.To(new LogbookRecipe(path), verb: $"Logbook({path})");
    }
}
