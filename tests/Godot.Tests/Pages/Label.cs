using System.Globalization;

namespace Godot.Tests;

/// <summary>An event in a word or two: what tells it from the others of its story.</summary>
sealed class Label
{
    readonly Func<Event, string?>[] parts;

    public Label(ReactorTest story)
    {
        Event[] all = [.. story.Arrivals.Select(arrival => arrival.Event), .. story.Emitted.SelectMany(emission => emission.Events)];
        List<Func<Event, string?>> parts = [];
        bool Differ<T>(Func<Event, T> value) => all.Select(value).Distinct().Count() > 1;
        if (Differ(e => e.Host)) parts.Add(e => e.Host);
        if (Differ(e => e.Service) || all.All(e => e.Metric is null && e.State is null)) parts.Add(e => e.Service);
        if (all.Any(e => e.Metric is not null)) parts.Add(e => e.Metric?.ToString("0.###", CultureInfo.InvariantCulture));
        if (Differ(e => e.State)) parts.Add(e => e.State);
        if (Differ(e => string.Join(',', e.Tags))) parts.Add(e => e.Tags.Count == 0 ? null : "#" + string.Join(" #", e.Tags));
        if (Differ(e => string.Join(',', e.Meta)))
            parts.Add(e => e.Meta.Count == 0 ? null : string.Join(' ', e.Meta.Select(pair => $"{pair.Key}={pair.Value}")));
        if (Differ(e => e.Description)) parts.Add(e => e.Description is { Length: > 32 } text ? text[..30] + "…" : e.Description);
        this.parts = [.. parts];
    }

    public string Of(Event e) =>
        string.Join(' ', parts.Select(part => part(e)).Where(text => !string.IsNullOrEmpty(text))) is { Length: > 0 } text ? text : "·";
}
