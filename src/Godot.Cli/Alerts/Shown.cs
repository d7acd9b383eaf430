using System.Globalization;
using System.Text.Json;
using Godot.Common;

namespace Godot;

/// <summary>
/// What a server answers about incidents, as it is shown: for people at a terminal, as JSON for programs. Names come from strangers: what a
/// terminal would act upon is made visible.
/// </summary>
static class Shown
{
    const int WidestCell = 60;

    extension(Terminal terminal)
    {
        /// <summary>Prints an answer: for people, or all of it in a line of JSON.</summary>
        public async Task ShowAsync(bool json, string answer, Func<IEnumerable<string>> forPeople) =>
            await terminal.PrintAsync(json, [answer], forPeople);

        /// <summary>Prints a list: for people, or each in a line of JSON.</summary>
        public async Task ShowEachAsync(bool json, string answer, string member, Func<IEnumerable<string>> forPeople)
        {
            using JsonDocument read = JsonDocument.Parse(answer);
            await terminal.PrintAsync(json, [.. read.RootElement.GetProperty(member).EnumerateArray().Select(one => one.GetRawText())],
                forPeople);
        }

        /// <summary>Says that a list is empty, or that some of it was left out.</summary>
        public async Task SayHowManyAsync(int shown, int total, string none)
        {
            if (total == 0) await terminal.Error.WriteLineAsync(none);
            else if (total > shown) await terminal.Error.WriteLineAsync($"The first {shown} of {total}; --limit shows more.");
        }

        async Task PrintAsync(bool json, IEnumerable<string> lines, Func<IEnumerable<string>> forPeople)
        {
            if (terminal.OutputIsTerminal) lines = json ? lines.Select(PlainText.Json) : forPeople();
            await terminal.Output.WriteAsync(string.Concat(lines.Select(line => line + Environment.NewLine)));
        }
    }

    /// <summary>Rows below each other; nothing if there are none.</summary>
    public static IEnumerable<string> Table(string[] header, IEnumerable<string[]> rows)
    {
        string[][] all = [header, .. rows.Select(row => row.Select(Cell).ToArray())];
        if (all.Length == 1) return [];
        int[] widths = [.. header.Select((_, column) => all.Max(row => row[column].Length))];
        return all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    public static string Line(string text) => PlainText.Printable(text);

    public static IEnumerable<string> Incidents(IEnumerable<ApiIncident> incidents) => Table(
        ["SEVERITY", "NAME", "REACTOR", "OPEN FOR", "STATE", "ACKNOWLEDGED", "INCIDENT"],
        incidents.Select(one => new[]
        {
            one.Severity, one.Name, one.Reactor, Lasted(one), one.Flapping ? "flapping" : one.Recovering ? "recovering" : "bad",
            one.Acknowledged is { } by ? By(by) : "-", one.Id,
        }));

    public static IEnumerable<string> Story(ApiStory story)
    {
        if (story.Incident is { } one)
        {
            yield return Line($"{one.Severity} {one.Name}, open for {Lasted(one)}, of {one.Reactor}");
            if (one.Owner is not null) yield return Line($"  owner: {one.Owner}");
            if (one.Runbook is not null) yield return Line($"  what to do: {one.Runbook}");
            foreach ((string name, string value) in one.Labels) yield return Line($"  {name}: {value}");
            if (one.Acknowledged is { } by) yield return Line($"  acknowledged by {By(by)}{(by.Note is null ? "" : $": {by.Note}")}");
            if (one.Latest is { } latest) yield return Line($"  {PlainText.Cut(latest.ToString(), 1000)}");
        }
        else
        {
            yield return "It is over.";
        }
        foreach (ApiLedgerLine line in story.Ledger) yield return Line($"  {line.ToLine()}");
        if (story.NotTold is not null) yield return Line($"  nobody was told: {story.NotTold}");
        if (story.Next is { } next) yield return Line($"  next: {new NextMoment(next.At, next.What)}");
    }

    public static IEnumerable<string> Messages(IEnumerable<ApiMessage> messages) => Table(
        ["CHANNEL", "TELLS", "SINCE", "ATTEMPTS", "NEXT", "WHY", "MESSAGE"],
        messages.Select(one => new[]
        {
            one.Channel, one.Tells, Time(one.Since), AlertOptions.Text(one.Attempts),
            one.Dead ? "dead" : one.NextAttempt is { } next ? Time(next) : "waits", one.LastError ?? "-", one.Id,
        }));

    public static IEnumerable<string> Channels(IEnumerable<ApiChannel> channels) => Table(
        ["CHANNEL", "WAITING", "SENT", "GIVEN UP", "LAST SENT", "LAST FAILED", "WHY"],
        channels.Select(one => new[]
        {
            one.Name, AlertOptions.Text(one.Pending), AlertOptions.Text(one.Sent), AlertOptions.Text(one.Dropped + one.Abandoned),
            one.LastSuccess is { } sent ? Time(sent) : "-",
            one.LastFailure is { } failed ? Time(failed) : "-", one.LastError ?? "-",
        }));

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    static string Lasted(ApiIncident one) => Notice.Duration(TimeSpan.FromSeconds(one.LastedSeconds));

    static string By(ApiAcknowledgement by) => by.Until is { } until ? $"{by.By} until {Time(until)}" : by.By;

    static string Cell(string text) => text.Length == 0 ? "-" : PlainText.Cut(PlainText.Printable(text), WidestCell);
}
