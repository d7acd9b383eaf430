using System.Text;

namespace Godot.Cli.Tests;

/// <summary>The tool, run in this process: what it printed, and its exit code.</summary>
sealed record Tool(int Code, string Output, string Error)
{
    /// <param name="input">What is piped in; null at a terminal.</param>
    /// <param name="atTerminal">Whether somebody looks at the output.</param>
    public static async Task<Tool> RunAsync(string[] args, string? input = null, bool atTerminal = false, CancellationToken stop = default)
    {
        using MemoryStream lines = new(Encoding.UTF8.GetBytes(input ?? ""));
        using StringWriter output = new(), error = new();
        int code = await GodotTool.RunAsync(args, new Terminal(lines, input is not null, output, error) { OutputIsTerminal = atTerminal },
            stop).WaitAsync(Patience, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>How long a test waits for what should happen at once; only one that fails waits so long.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);
}
