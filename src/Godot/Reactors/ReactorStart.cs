namespace Godot;

/// <summary>
/// Every verb as the start of a recipe, so that <c>Reactor.Where(…)</c> reads like <c>reactor.Where(…)</c>. Generated from the verbs.
/// </summary>
public static partial class ReactorStart;
