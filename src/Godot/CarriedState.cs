namespace Godot;

/// <summary>What became of the state that one verb had saved, when it was loaded into an engine.</summary>
/// <param name="Reactor">The reactor's name.</param>
/// <param name="Step">The verb's place in it, as metrics and <c>check</c> call it: <c>by/throttle</c>.</param>
/// <param name="Text">The verb as it was written then.</param>
/// <param name="Keys">For how many keys it held something.</param>
/// <param name="LeftOut">Why nobody goes on from it; null if it was carried over.</param>
public sealed record CarriedState(string Reactor, string Step, string Text, long Keys, string? LeftOut);
