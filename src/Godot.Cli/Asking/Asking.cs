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

    /// <summary>The query as it was given; read here too, so that its mistake is shown whether a server is there or not.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string Read(string? query)
    {
        try
        {
            _ = Query.Parse(query ?? "true");
            return query ?? "true";
        }
        catch (QueryFormatException e)
        {
            throw new UsageException($"{e.Message}\n{e.Marked}", e);
        }
    }
}
