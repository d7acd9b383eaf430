using System.CommandLine;

namespace Godot;

/// <summary>What follows the word <c>replay</c>, in a server program and in the tool.</summary>
sealed class ReplayArguments
{
    readonly Argument<string[]> events =
        new("EVENTS") { Description = "Files of recorded events as JSON lines, also packed as .gz or .zst; - is the standard input",
            Arity = ArgumentArity.OneOrMore };
    readonly Option<DateTimeOffset?> until =
        new("--until") { Description = "Stop the clock there, and run it on to there [default: where the events end]", HelpName = "TIME",
            CustomParser = Parsing.By<DateTimeOffset?>(text => Parsing.Time(text)) };
    readonly Option<double?> speed =
        new("--speed") { Description = "At most so many times real time [default: as fast as possible]", HelpName = "NUMBER",
            CustomParser = Parsing.By<double?>(text => Parsing.Positive(text)) };
    readonly Option<string?> other =
        new("--diff") { Description =
            "Show what another program makes of the same events: - what only this one emits, + what only that one does",
            HelpName = "PROGRAM" };

    public void AddTo(Command command)
    {
        command.Add(events);
        command.Add(until);
        command.Add(speed);
        command.Add(other);
    }

    public ReplayOptions Read(ParseResult parsed) => new(parsed.GetRequiredValue(events), parsed.GetValue(until), parsed.GetValue(speed));

    /// <summary>The words that have another program do the same.</summary>
    public IEnumerable<string> Words(ParseResult parsed) =>
        Other(parsed) is { } program ? [.. Read(parsed).ToArguments(), $"--diff={program}"] : Read(parsed).ToArguments();

    /// <summary>The program to compare with; null if there is none.</summary>
    public string? Other(ParseResult parsed) => parsed.GetValue(other);
}
