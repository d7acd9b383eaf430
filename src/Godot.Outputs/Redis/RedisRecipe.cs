using StackExchange.Redis;

namespace Godot;

/// <summary>A Redis server and what is written there, as a recipe names them.</summary>
sealed record RedisRecipe : OutputRecipe
{
    /// <exception cref="ArgumentException">The configuration names no server.</exception>
    public RedisRecipe(string configuration, Func<IDatabase, Event, Task> write)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        (Configuration, Write) = (configuration, write);
        if (Options().EndPoints.Count == 0) throw new ArgumentException("Redis needs a server, such as \"localhost:6379\".", nameof(configuration));
    }

    public override string Name => "redis";

    public string Configuration { get; }

    public Func<IDatabase, Event, Task> Write { get; }

    /// <summary>The servers, quoted, without a password.</summary>
    public string Servers => Recipe.Quote(string.Join(',', Options().EndPoints.Select(server => server.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal))));

    public override IOutput Open(OutputContext context)
    {
        NeedTls();
        return new RedisOutput(this);
    }

    void NeedTls()
    {
        if (Options().Ssl) OpenSsl.Need($"TLS to Redis at {Servers}");
    }

    /// <summary>A server that is away is waited for; nothing is queued inside the library meanwhile.</summary>
    public ConfigurationOptions Options()
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(Configuration);
        (options.AbortOnConnectFail, options.BacklogPolicy) = (false, BacklogPolicy.FailFast);
        return options;
    }
}
