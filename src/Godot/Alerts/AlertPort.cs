using Godot.Events;
using Godot.Recipes;

namespace Godot.Alerting;

/// <summary>An alert that runs: what it says to the desk, and what the desk says to its keys.</summary>
/// <param name="Reactor">The name of its reactor.</param>
/// <param name="Step">Its identity in it.</param>
/// <param name="Rule">When it opens and ends.</param>
/// <param name="Audiences">Who is told.</param>
/// <param name="Fields">What its keys are made of; none: it has only one.</param>
sealed record AlertPort(string Reactor, string Step, AlertRule Rule, IReadOnlyList<Audience> Audiences, IReadOnlyList<Field> Fields)
{
    /// <summary>True if its keys are series.</summary>
    public required bool BySeries { get; init; }

    /// <summary>The rule's own text of notices; null: ours.</summary>
    public OwnText? OwnText { get; init; }

    public required LevelMailbox Mailbox { private get; init; }

    /// <summary>Does something with a key, on its lane, made if it is not there.</summary>
    public Action<KeyName, Action<AlertStage>> Reach { get; set; } = static (_, _) => { };

    /// <summary>What a key is made of, as people read it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(KeyName key)
    {
        if (Fields.Count == 0) return [];
        IReadOnlyList<string> values = BySeries ? [Text(key.First), Text(key.Second)] : KeyText.Values(key.First, Fields);
        return [.. Fields.Zip(values, (field, value) =>
            KeyValuePair.Create(field.Part == FieldSet.Meta ? $"meta.{field.Name}" : field.Name, value))];
    }

    static string Text(ReadOnlySpan<byte> name) => SeriesKey.ToName(name) ?? "";

    public void Hand(KeyName key, Level level) => Mailbox.Add(this, key, level);

    // One alert that runs twice, one after the other, is two.
    public bool Equals(AlertPort? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>Who is told of an alert's incidents.</summary>
/// <param name="Policy">Who, and when.</param>
/// <param name="On">Of which severities; null: of all.</param>
sealed record Audience(Policy Policy, IReadOnlyList<string>? On)
{
    public bool Takes(string severity) => On is null || On.Contains(severity, StringComparer.OrdinalIgnoreCase);
}
