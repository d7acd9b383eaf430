namespace Godot;

/// <summary>An output that remembers the services of what it was sent, and gathers for an hour before.</summary>
sealed record Mailbox : OutputRecipe, IOutput
{
    public List<string?> Sent { get; } = [];

    public override string Name => "mailbox";

    public override TimeSpan Interval => TimeSpan.FromHours(1);

    public override IOutput Open(OutputContext context) => this;

    public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        Sent.AddRange(notifications.SelectMany(n => n.Events).Select(e => e.Service));
        return Task.CompletedTask;
    }
}
