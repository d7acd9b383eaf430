namespace Godot;

/// <summary>What became of the state that a verb had saved.</summary>
/// <param name="Reactor">The reactor's name.</param>
/// <param name="Step">The verb's identity in it, as metrics and <c>graph</c> call it: <c>over</c>, <c>over.2</c>.</param>
/// <param name="Text">The verb as it was written when it was saved.</param>
/// <param name="Keys">Of how many keys there was state.</param>
/// <param name="LeftOut">Why it was not taken up; null: it was.</param>
public sealed record CarriedState(string Reactor, string Step, string Text, long Keys, string? LeftOut)
{
    /// <summary>As a line.</summary>
    public override string ToString() => $"{Reactor}: {Step}: {Text}: {LeftOut ?? $"carried over, {Keys} keys"}";
}
