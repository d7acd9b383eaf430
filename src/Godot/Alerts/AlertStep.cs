using Godot.Recipes;

namespace Godot.Alerting;

/// <summary>An alert: the steps behind it say who is told.</summary>
sealed record AlertStep(string Text, AlertRule Rule) : Step(Text)
{
    /// <summary>Series that must exist, where it opens for silence.</summary>
    public IReadOnlyList<(string Host, string Service)> Expecting { get; init; } = [];
}

/// <summary>Who is told of an alert's incidents.</summary>
sealed record NotifyStep(string Text, Audience Audience) : Step(Text);
