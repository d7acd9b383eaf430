using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Godot;

/// <summary>The library's help, and below it how the command is used.</summary>
sealed class HelpWithExamples(HelpAction help, string[] examples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples) output.WriteLine($"  {example}");
        return code;
    }
}

static class Examples
{
    /// <summary>Adds examples to the command's help.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        if (command.Options.OfType<HelpOption>().FirstOrDefault() is not { } help) command.Add(help = new HelpOption());
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
        return command;
    }
}
