namespace Godot;

/// <summary>Another server, as a recipe names it.</summary>
sealed record ForwardRecipe : OutputRecipe
{
    /// <exception cref="ArgumentException">It is no address.</exception>
    public ForwardRecipe(string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        try
        {
            To = ServerAddress.Parse(to);
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message + ".", nameof(to), e);
        }
    }

    public override string Name => "forward";

    public ServerAddress To { get; }

    // Long enough for many events in one write, and nobody notices.
    public override TimeSpan Interval => TimeSpan.FromMilliseconds(10);

    public override int Capacity => 100_000;

    public override async Task<string?> TryAsync(OutputContext context, CancellationToken stop)
    {
        GodotClient client = To.Connect(new GodotClientOptions { Clock = context.Clock, MaxAttempts = 1 });
        await using (client.ConfigureAwait(false))
        {
            await client.StartAsync(stop).ConfigureAwait(false);
        }
        return To.Kind == ServerKind.Udp ? $"{To} has an address; whether anybody listens there, UDP does not say." : $"{To} accepts a connection.";
    }

    public override IOutput Open(OutputContext context) => new ForwardOutput(To.Connect(new GodotClientOptions
    {
        Clock = context.Clock,
        Loggers = context.Loggers,
        // The output's queue says what is dropped, and an event stays as it came.
        WhenFull = WhenFull.Wait,
        Host = null,
    }));

    public override string ToString() => $"Forward({Recipe.Quote(To.ToString())})";
}
