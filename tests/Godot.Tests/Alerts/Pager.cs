namespace Godot.Tests;

/// <summary>Somebody who is told; in virtual time nothing is sent.</summary>
sealed record Pager(string Who) : OutputRecipe
{
    public override string Name => "pager";

    public override string ChannelName => $"pager:{Who}";

    public override IOutput Open(OutputContext context) => throw new NotSupportedException();

    public static Policy Of(string who) => Policy.To(new Pager(who));
}
