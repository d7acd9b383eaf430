using System.CommandLine;

namespace Godot;

/// <summary>What the commands that ask a server have in common.</summary>
static class Asking
{
    public static Argument<string?> QueryArgument() => new("QUERY")
    {
        Description = "Which events, such as 'service = \"cpu\" and metric > 50' [default: all]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<bool> JsonOption() => new("--json") { Description = "JSON lines, at a terminal too" };

    /// <summary>The query, read here, so that its mistake is shown where it is.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string Read(string? query)
    {
        try
        {
            return Query.Parse(query ?? "true").ToString();
        }
        catch (QueryFormatException e)
        {
            throw new UsageException($"{e.Message}\n{e.Marked}", e);
        }
    }
}
