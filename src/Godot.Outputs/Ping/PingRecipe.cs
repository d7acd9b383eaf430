using Godot.Common;

namespace Godot;

/// <summary>An address that is asked so that its owner knows that we live: with check services the path is the secret.</summary>
sealed record PingRecipe : OutputRecipe
{
    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    readonly WebAddress address;
    readonly HttpMethod method;

    /// <exception cref="ArgumentException">It is not an address.</exception>
    public PingRecipe(string url, HttpMethod method) =>
        (address, this.method) = (new WebAddress(url, "A dead man's switch", nameof(url)), method);

    public override string Name => "ping";

    public override string ChannelName => $"ping:{address.Origin}";

    public override bool TellsPeople => false;

    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    public override Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken)
    {
        NeedTls();
        return WebSender.TryAsync(address, address.Origin, null, cancellationToken)!;
    }

    public override IOutput Open(OutputContext context)
    {
        NeedTls();
        return new PingOutput(address, method, new WebSender(address.Origin, LongestAnswer, context.TimeProvider));
    }

    public override string ToString() => $"Ping({RecipeText.Quote(address.Origin)})";

    void NeedTls()
    {
        if (address.IsEncrypted) OpenSsl.Need($"TLS to {address.Origin}");
    }
}
