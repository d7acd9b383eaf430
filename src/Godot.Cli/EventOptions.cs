using System.CommandLine;
using Godot.Common;

namespace Godot;

/// <summary>The fields of an event as options.</summary>
sealed class EventOptions
{
    readonly Option<string?> host =
        new("--host") { Description = "The machine or process that it is about [default: this machine's name]", HelpName = "NAME" };
    readonly Option<string?> service = new("--service") { Description = "What is measured", HelpName = "NAME" };
    readonly Option<string?> state = new("--state") { Description = "A word such as ok, warning or critical", HelpName = "WORD" };
    readonly Option<string?> description = new("--description") { Description = "Free text", HelpName = "TEXT" };
    readonly Option<double?> metric =
        new("--metric") { Description = "The number", HelpName = "NUMBER",
            CustomParser = Parsing.By<double?>(text => Parsing.Number(text)) };
    readonly Option<TimeSpan?> ttl = Parsing.DurationOption("--ttl", "How long it is valid: seconds, or 90s, 5m, 1h");
    readonly Option<DateTimeOffset?> time =
        new("--time") { Description = "When it happened: unix seconds, or milli-, micro- or nanoseconds, or a date and time [default: now]",
            HelpName = "TIME", CustomParser = Parsing.By<DateTimeOffset?>(text => Parsing.Time(text)) };
    readonly Option<string[]> tags = new("--tag") { Description = "A tag; can be given several times", HelpName = "TAG" };
    readonly Option<KeyValuePair<string, MetaValue>[]> meta = new("--meta")
    {
        Description = "A value of meta: a number, true, false, or else a text; can be given several times",
        HelpName = "KEY=VALUE",
        CustomParser = Parsing.EachBy(Parsing.Meta),
    };

    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
    }

    /// <summary>The event that the options make; null if none was given.</summary>
    /// <exception cref="CommandFailedException">A value breaks a rule of events.</exception>
    public Event? Read(ParseResult parsed, TimeProvider clock)
    {
        if (All.All(option => parsed.GetResult(option) is null)) return null;
        try
        {
            return new Event
            {
                Host = parsed.GetValue(host) ?? Environment.MachineName,
                Service = parsed.GetValue(service),
                State = parsed.GetValue(state),
                Time = parsed.GetValue(time) ?? clock.GetUtcNow(),
                Description = parsed.GetValue(description),
                Tags = parsed.GetValue(tags) ?? [],
                // Given twice, the last counts.
                Meta = (parsed.GetValue(meta) ?? []).GroupBy(entry => entry.Key).ToDictionary(same => same.Key, same => same.Last().Value),
                Metric = parsed.GetValue(metric),
                Ttl = parsed.GetValue(ttl),
            };
        }
        catch (ArgumentException e)
        {
            throw new UsageException(Mistake.Sentence(e), e);
        }
    }

    Option[] All => [host, service, state, description, metric, ttl, time, tags, meta];
}
