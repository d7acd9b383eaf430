using System.Runtime.CompilerServices;
using Godot.Common;
using StackExchange.Redis;

namespace Godot;

/// <summary>A Redis server and what is written there, as a recipe names them.</summary>
sealed record RedisRecipe : OutputRecipe
{
    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">The configuration names no server.</exception>
    public RedisRecipe(string configuration, Func<IDatabase, Event, Task> write)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        (Configuration, Write) = (configuration, write);
        RecipeRules.Refuse(Placeholders.Refusal(Servers.Trim('"'), "Redis"), nameof(configuration));
        if (Options().EndPoints.Count == 0)
            throw new ArgumentException("Redis needs a server, such as \"localhost:6379\".", nameof(configuration));
    }

    public override string Name => "redis";

    public override bool TellsPeople => false;

    public string Configuration { get; }

    public Func<IDatabase, Event, Task> Write { get; }

    /// <summary>The servers, quoted, without a password.</summary>
    public string Servers =>
        RecipeText.Quote(string.Join(',',
            Options().EndPoints.Select(server => server.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal))));

    public override async Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken)
    {
        NeedTls();
        ConfigurationOptions options = Options();
        options.AbortOnConnectFail = true;
        try
        {
            ConnectionMultiplexer connection =
                await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable open = connection.ConfigureAwait(false);
            TimeSpan took = await connection.GetDatabase().PingAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            return FormattableString.Invariant($"Redis at {Servers} answers PING after {took.TotalMilliseconds:0.#} ms.");
        }
        catch (RedisException e)
        {
            throw new IOException($"Redis at {Servers} cannot be reached: {PlainText.Line(e.Message)}", e);
        }
    }

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
        // The library's five seconds would have a server that is slow write everything again and again.
        if (!Configuration.Contains("asyncTimeout", StringComparison.OrdinalIgnoreCase))
            options.AsyncTimeout = (int)LongestAnswer.TotalMilliseconds;
        return options;
    }
}
