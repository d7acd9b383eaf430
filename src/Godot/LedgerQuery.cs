using Godot.Common;

namespace Godot;

/// <summary>Which lines of the ledger are meant: those that are as all of this says. What is null says nothing.</summary>
public sealed record LedgerQuery
{
    /// <summary>The incident's id.</summary>
    public string? Incident { get; init; }

    /// <summary>The reactor's name.</summary>
    public string? Reactor { get; init; }

    /// <summary>The incident's name: service and host, or the values of its key, as <see cref="Godot.Incident.Name"/> has it.</summary>
    public string? Name { get; init; }

    /// <summary>Who was told, or would have been: <c>email:ops@host.com</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>How what was decided begins: <c>opened</c>, <c>not told</c>, <c>resolved</c>.</summary>
    public string? What { get; init; }

    /// <summary>Not before this moment.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many lines at most: the last ones. Default: 1000.</summary>
    public int Limit { get; init; } = 1000;

    /// <summary>Nothing of these incidents.</summary>
    internal IReadOnlySet<string>? Except { get; init; }

    internal bool Takes(LedgerLine line) =>
        Is(Incident, line.Incident) && Is(Reactor, line.Reactor) && Is(Name, line.Name) && Is(Channel, line.Channel)
        && (What is null || line.What.StartsWith(What, StringComparison.Ordinal))
        && !(line.Time < Since) && !(line.Time >= Until)
        && (Except is null || line.Incident is null || !Except.Contains(line.Incident));

    internal LedgerQuery Checked()
    {
        RecipeRules.AtLeast(0, Limit, "LedgerQuery.Limit", nameof(Limit));
        return this;
    }

    static bool Is(string? wanted, string? has) => wanted is null || wanted == has;
}
