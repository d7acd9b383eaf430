using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// Why somebody was told of a host's service, or not: what <see cref="Engine.Why"/> knows of a series. <see cref="ToString"/> is for
/// people.
/// </summary>
/// <param name="Host">The series' host; null: none.</param>
/// <param name="Service">Its service; null: none.</param>
/// <param name="At">When this was so, by the calendar.</param>
public sealed record Explanation(string? Host, string? Service, DateTimeOffset At)
{
    // Of reactors that the series does not reach; there may be thousands.
    const int MostOthers = 20;

    /// <summary>The reactors that its events reach, in the order in which they were added.</summary>
    public IReadOnlyList<ReactorExplanation> Reactors { get; init; } = [];

    /// <summary>The reactors that they do not reach, each with the step that stops them.</summary>
    public IReadOnlyList<ReactorExplanation> Others { get; init; } = [];

    /// <summary>Its open incidents, oldest first.</summary>
    public IReadOnlyList<IncidentExplanation> Incidents { get; init; } = [];

    /// <summary>What was decided on its incidents that are over, the last lines, oldest first.</summary>
    public IReadOnlyList<LedgerLine> Earlier { get; init; } = [];

    /// <summary>What comes next by itself; null if nothing is known to.</summary>
    public NextMoment? Next { get; init; }

    /// <summary>
    /// The one reason why nobody is told now; null if somebody was told of an open incident, or where no alert decides that.
    /// </summary>
    public string? NobodyTold { get; init; }

    /// <summary>All of it, a line each.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append($"{Service ?? "(no service)"} on {Host ?? "(no host)"}, {At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        foreach (ReactorExplanation reactor in Reactors)
        {
            text.Append($"  reaches {reactor.Name}\n");
            int width = reactor.Steps.Select(step => step.Id.Length).DefaultIfEmpty().Max();
            foreach (StepExplanation step in reactor.Steps) text.Append($"    {step.Id.PadRight(width)}  {step.Said}\n");
        }
        foreach (ReactorExplanation other in Others.Take(MostOthers))
            text.Append($"  does not reach {other.Name}: {other.StoppedBy!.Id} {other.StoppedBy.Holds}, {other.StoppedBy.Text}\n");
        if (Others.Count > MostOthers) text.Append($"  does not reach {Others.Count - MostOthers} others\n");
        foreach (IncidentExplanation one in Incidents)
        {
            Incident incident = one.Incident;
            text.Append($"  open for {Notice.Duration(incident.Lasted)}: {incident.Severity} {incident.Name}, {incident.Id}\n");
            foreach (LedgerLine line in one.Ledger) text.Append($"    {line}\n");
            if (one.NotTold is { } why) text.Append($"    nobody was told: {why}\n");
        }
        if (Earlier.Count > 0) text.Append("  before that\n");
        foreach (LedgerLine line in Earlier) text.Append($"    {line}\n");
        if (Next is not null) text.Append($"  next: {Next}\n");
        if (NobodyTold is not null) text.Append($"  nobody was told: {NobodyTold}\n");
        return string.Concat(text.ToString().Split('\n').SkipLast(1).Select(line => $"{PlainText.Printable(line)}\n"));
    }
}

/// <summary>What a reactor makes of a series.</summary>
/// <param name="Name">Its name.</param>
public sealed record ReactorExplanation(string Name)
{
    /// <summary>The leading filter that the series' events do not pass; null if they reach the reactor.</summary>
    public StepExplanation? StoppedBy { get; init; }

    /// <summary>Its steps in the order in which it is read; none if it is not reached.</summary>
    public IReadOnlyList<StepExplanation> Steps { get; init; } = [];
}

/// <summary>What a step of a reactor makes of a series.</summary>
/// <param name="Id">What metrics, <c>check</c> and <c>graph</c> call it.</param>
/// <param name="Text">The verb as it was written.</param>
/// <param name="Holds">
/// What it holds for the series, in words: <c>passed 1 of 1, again in 3 min</c>; null if it holds nothing that it can say.
/// </param>
/// <param name="Handled">How many events were handed to it, of all keys; null where they are not counted.</param>
public sealed record StepExplanation(string Id, string Text, string? Holds, long? Handled = null)
{
    internal string Said => Holds ?? (Handled is { } count ? $"{InWords.Count(count, "event")} came to it, of all keys"
        : PlainText.Cut(PlainText.Line(Text), 80));
}
