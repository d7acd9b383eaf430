using System.Globalization;
using System.Text.Json;

namespace Godot;

/// <summary>One line of a replay, as it is compared with those of another program.</summary>
/// <param name="At">Unix seconds of the replay's clock.</param>
/// <param name="Reactor">Who emitted it.</param>
/// <param name="Identity">
/// What makes it the same alert: its reactor, its output, when it came, and host, service, state and time of its events. What else they
/// say, a metric or a description, may be another. Of what is told of incidents the notices, of a decision its words.
/// </param>
/// <param name="Text">The line.</param>
sealed record ReplayLine(decimal At, string Reactor, string Identity, string Text)
{
    /// <summary>Null: it is not a line of a replay.</summary>
    public static ReplayLine? Parse(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            JsonElement line = json.RootElement;
            (decimal at, string reactor) = (line.GetProperty("at").GetDecimal(), line.GetProperty("reactor").GetString() ?? "");
            string? output = line.TryGetProperty("output", out JsonElement named) ? named.GetString() : null;
            IEnumerable<string> what = line.TryGetProperty("event", out JsonElement one) ? Identify(one)
                : line.TryGetProperty("notices", out JsonElement notices)
                    ? [TextOf(line, "channel"), .. notices.EnumerateArray().SelectMany(notice => (string[])
                        [TextOf(notice, "notice"), TextOf(notice, "held_back"), .. Identify(notice.GetProperty("event"))])]
                : line.TryGetProperty("ledger", out _)
                    ? ((string[])["ledger", "name", "incident", "channel", "because"]).Select(name => TextOf(line, name))
                : line.GetProperty("events").EnumerateArray().SelectMany(Identify);
            string[] parts = [reactor, output ?? "", at.ToString("0.#######", CultureInfo.InvariantCulture), .. what];
            // No part can hold what divides them.
            return new(at, reactor,
                string.Join('\n',
                    parts.Select(part =>
                        part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))), text);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    static string TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement text) ? text.GetString() ?? "" : "";

    static string[] Identify(JsonElement json)
    {
        Event e = Event.Parse(json.GetRawText());
        return [e.Host ?? "", e.Service ?? "", e.State ?? "", e.Time?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? ""];
    }
}
