namespace Godot;

/// <summary>Another server, as a recipe names it.</summary>
sealed record ForwardRecipe : OutputRecipe
{
    /// <exception cref="ArgumentException">It is no address.</exception>
    public ForwardRecipe(string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        Placeholders.Refuse(to, "Forward", nameof(to));
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

    // ForwardOutput has a limit for a server that takes nothing: a slow one makes progress.
    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    public override IOutput Open(OutputContext context)
    {
        // What a send returns from has been written: a client that ends has nothing to wait for.
        TimeSpan atOnce = TimeSpan.FromMilliseconds(1);
        GodotClientOptions options = new() { Clock = context.Clock, Loggers = context.Loggers, FlushTimeout = atOnce };
        return new ForwardOutput(() => To.Connect(options), context.Clock);
    }

    public override string ToString() => $"Forward({Recipe.Quote(To.ToString())})";
}
