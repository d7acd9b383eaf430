using Godot.Common;

namespace Godot;

/// <summary>What one mail tells, cut to what a mail should be: a storm of 5,000 events is a page of counts and the first hundred.</summary>
sealed class EmailDigest
{
    // The second bound is for long events: with markup and encoding, such a mail stays well below a megabyte.
    const int MostShown = 100, MostCharacters = 100_000;
    const int SummaryFrom = 10, MostSummary = 20, LongestBody = 10_000;

    /// <summary>
    /// An event or an incident as it is shown: under its title a lead and its rows, or the text that the user's template makes of it.
    /// </summary>
    public sealed record Entry(EmailItem Item, IReadOnlyList<(string Name, string Value)> Rows, string? Text)
    {
        public string Title { get; } = Item.Title;

        public string? Lead { get; } = Item.Lead;

        public int Length => Title.Length + (Lead?.Length ?? 0) + Rows.Sum(row => row.Name.Length + row.Value.Length) + (Text?.Length ?? 0);
    }

    readonly List<EmailItem> items;

    public EmailDigest(IReadOnlyList<Notification> notifications, EmailTemplate? body)
    {
        items = [.. notifications.SelectMany(EmailItem.Of)];
        Reactors = [.. items.Select(item => item.Reactor).Distinct().Select(r => PlainText.Cut(PlainText.Line(r), 100))];
        Titles = [.. items.Take(MostShown).Select(item => item.Title).Distinct()];

        int characters = 0;
        foreach (EmailItem item in items.Take(MostShown))
        {
            Entry entry = body is null
                ? new(item, [.. item.Rows], null)
                : new(item, [], PlainText.Cut(PlainText.Lines(body.Render(item)), LongestBody));
            characters += entry.Length;
            if (Shown.Count > 0 && characters > MostCharacters) break;
            Shown.Add(entry);
        }
        if (Count > SummaryFrom) Summarise();
    }

    public EmailItem First => items[0];

    /// <summary>How many events and incidents there are, shown or not.</summary>
    public int Count => items.Count;

    /// <summary>The incident that all of it is about; null if there are several, or events.</summary>
    public string? Incident => items.Select(item => item.Notice?.Incident.Id).Distinct().ToArray() is [var one] ? one : null;

    public IReadOnlyList<string> Reactors { get; }

    /// <summary>The distinct titles of the first events.</summary>
    public IReadOnlyList<string> Titles { get; }

    public List<Entry> Shown { get; } = [];

    /// <summary>
    /// How often each state of each service on each host comes, the most frequent first; empty if there are but a few events.
    /// </summary>
    public List<string> Summary { get; } = [];

    /// <summary>"3 events from 2 reactors"; "2 opened, 1 resolved".</summary>
    public string Headline
    {
        get
        {
            if (items.TrueForAll(item => item.Notice is null))
                return $"{EventText.Number(Count)} events"
                    + (Reactors.Count == 1 ? "" : $" from {EventText.Number(Reactors.Count)} reactors");
            return string.Join(", ", items.CountBy(item => item.Notice is { } notice ? NoticeText.Word(notice) : "event")
                .Select(count => $"{EventText.Number(count.Value)} {count.Key}{(count is { Key: "event", Value: > 1 } ? "s" : "")}"));
        }
    }

    /// <summary>What is said where events are left out; null if none are.</summary>
    public string? More => Count == Shown.Count ? null : $"and {EventText.Number(Count - Shown.Count)} more";

    void Summarise()
    {
        List<KeyValuePair<string, int>> counts = [.. items.CountBy(item => item.Kind).OrderByDescending(c => c.Value)];
        foreach ((string name, int count) in counts.Take(MostSummary)) Summary.Add($"{EventText.Number(count)} x {name}");
        if (counts.Count > MostSummary) Summary.Add($"and {EventText.Number(counts.Count - MostSummary)} other services");
    }
}
