using System.CommandLine;

namespace Godot;

/// <summary><c>godot completion</c>: what a shell needs to complete the tool's words. The words themselves the tool is asked for.</summary>
static class CompletionCommand
{
    const string Bash = """
        _godot() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _godot godot
        """;

    // In a folder of functions the file is the function, and defines itself when it is first called.
    const string Zsh = """
        #compdef godot
        _godot() {
            local -a found
            found=("${(@f)$(godot "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -a found
        }
        if [ "$funcstack[1]" = "_godot" ]; then _godot; else compdef _godot godot; fi
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> shell = new("SHELL") { Description = "bash or zsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        Command command = new("completion", "Prints what a shell needs to complete this tool's words.") { shell };
        command.SetAction(async (parsed, _) =>
        {
            await terminal.Output.WriteLineAsync(parsed.GetRequiredValue(shell) == "bash" ? Bash : Zsh);
            return GodotTool.Done;
        });
        return command.WithExamples("source <(godot completion bash)", "godot completion zsh > ~/.zfunc/_godot");
    }
}
