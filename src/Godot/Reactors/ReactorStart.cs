using System.Diagnostics.CodeAnalysis;

namespace Godot;

/// <summary>Every verb as the start of a recipe, so that <c>Reactor.Where(…)</c> reads like <c>reactor.Where(…)</c>. Each stands in its verb's file.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "The analyzer takes the extension blocks of one class for members with one name.")]
public static partial class ReactorStart;
