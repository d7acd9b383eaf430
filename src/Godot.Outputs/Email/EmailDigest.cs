using Godot.Common;

namespace Godot;

/// <summary>What one mail tells, cut to what a mail should be: a storm of 5,000 events is a page of counts and the first hundred.</summary>
sealed class EmailDigest
{
    // The second bound is for long events: with markup and encoding, such a mail stays well below a megabyte.
    const int MostShown = 100, MostCharacters = 100_000;
    const int SummaryFrom = 10, MostSummary = 20, LongestBody = 10_000;

    /// <summary>An event as it is shown: under its title its rows, or the text that the user's template makes of it.</summary>
    public sealed record Entry(string Title, string? State, IReadOnlyList<(string Name, string Value)> Rows, string? Text);

    public EmailDigest(IReadOnlyList<Notification> notifications, EmailTemplate? body)
    {
        First = new(notifications[0].Reactor, notifications[0].Events[0]);
        Reactors = [.. notifications.Select(n => n.Reactor).Distinct().Select(r => PlainText.Cut(PlainText.Line(r), 100))];
        List<(string Reactor, Event Event)> events = [.. notifications.SelectMany(n => n.Events, (n, e) => (n.Reactor, e))];
        Count = events.Count;
        Titles = [.. events.Take(MostShown).Select(e => EventText.Title(e.Event)).Distinct()];

        int characters = 0;
        foreach ((string reactor, Event e) in events.Take(MostShown))
        {
            Entry entry = body is null
                ? new(EventText.Title(e), e.State, [.. EventText.Rows(reactor, e)], null)
                : new(EventText.Title(e), e.State, [], PlainText.Cut(PlainText.Lines(body.Render(reactor, e)), LongestBody));
            characters += entry.Title.Length + entry.Rows.Sum(r => r.Name.Length + r.Value.Length) + (entry.Text?.Length ?? 0);
            if (Shown.Count > 0 && characters > MostCharacters) break;
            Shown.Add(entry);
        }
        if (Count > SummaryFrom) Summarise(events.Select(e => e.Event));
    }

    public (string Reactor, Event Event) First { get; }

    /// <summary>How many events there are, shown or not.</summary>
    public int Count { get; }

    public IReadOnlyList<string> Reactors { get; }

    /// <summary>The distinct titles of the first events.</summary>
    public IReadOnlyList<string> Titles { get; }

    public List<Entry> Shown { get; } = [];

    /// <summary>
    /// How often each state of each service on each host comes, the most frequent first; empty if there are but a few events.
    /// </summary>
    public List<string> Summary { get; } = [];

    /// <summary>"3 events from 2 reactors"</summary>
    public string Headline => Reactors.Count == 1
        ? $"{EventText.Number(Count)} events"
        : $"{EventText.Number(Count)} events from {EventText.Number(Reactors.Count)} reactors";

    /// <summary>What is said where events are left out; null if none are.</summary>
    public string? More => Count == Shown.Count ? null : $"and {EventText.Number(Count - Shown.Count)} more";

    void Summarise(IEnumerable<Event> events)
    {
        List<KeyValuePair<string, int>> counts = [.. events.CountBy(EventText.Name).OrderByDescending(c => c.Value)];
        foreach ((string name, int count) in counts.Take(MostSummary)) Summary.Add($"{EventText.Number(count)} x {name}");
        if (counts.Count > MostSummary) Summary.Add($"and {EventText.Number(counts.Count - MostSummary)} other services");
    }
}
