using Godot.Common;

namespace Godot;

/// <summary>Another server, as a recipe names it.</summary>
sealed record ForwardRecipe : OutputRecipe
{
    /// <exception cref="ArgumentException">It is not an address.</exception>
    public ForwardRecipe(string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        RecipeRules.Refuse(Placeholders.Refusal(to, "Forward"), nameof(to));
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

    public override bool TellsPeople => false;

    public override string QueueKey => $"{To}";

    public ServerAddress To { get; }

    // Long enough for many events in one write, and nobody notices.
    public override TimeSpan Interval => TimeSpan.FromMilliseconds(10);

    public override int Capacity => 100_000;

    // ForwardOutput has a limit for a server that takes nothing: a slow one makes progress.
    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    public override async Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken)
    {
        GodotClient client = To.Connect(new GodotClientOptions { TimeProvider = context.TimeProvider, MaxAttempts = 1, Careful = true });
        await using (client.ConfigureAwait(false))
        {
            await client.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        return To.Kind == ServerKind.Udp ? $"{To} has an address; whether anybody listens there, UDP does not say."
            : $"{To} accepts a connection.";
    }

    public override IOutput Open(OutputContext context)
    {
        GodotClientOptions options = new()
        {
            TimeProvider = context.TimeProvider,
            LoggerFactory = context.LoggerFactory,
            // What a send returns from has been written: a client that ends has nothing to wait for.
            FlushTimeout = TimeSpan.FromMilliseconds(1),
            // The output's queue says what is dropped, and an event stays as it came.
            WhenFull = WhenFull.Wait,
            Host = null,
            // The queue keeps what it has not handed to a server that lets it in.
            Careful = true,
        };
        return new ForwardOutput(() => To.Connect(options), context.TimeProvider);
    }

    public override string ToString() => $"Forward({RecipeText.Quote(To.ToString())})";
}
