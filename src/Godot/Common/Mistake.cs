using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Godot.Common;

/// <summary>
/// Ends a server program whose rules cannot be built with the sentence that says why, where in its source that is, and exit code 1, instead
/// of a stack trace and a core dump: the sentence is what whoever wrote the rule needs.
/// </summary>
/// <remarks>
/// Rules are built before <c>RunAsync</c>, in code that is not ours, so this is the last handler of exceptions that nobody caught. It is
/// for server programs: where there is no server, or a generic host runs it, nothing changes. Nor does it for other mistakes
/// than in a rule: only refusals that our own code made on purpose, when it was called from the program's, count.
/// </remarks>
static class Mistake
{
    const int CannotRun = 1;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255",
        Justification = "A recipe can be built before any other member of ours is touched; subscribing costs nothing and changes nothing "
        + "until the program dies anyway.")]
    internal static void Watch() => AppDomain.CurrentDomain.UnhandledException += (_, end) =>
    {
        if (end.ExceptionObject is not Exception e || !IsServerProgram() || Tell(e) is not { } sentence) return;
        Console.Error.WriteLine(sentence);
        Environment.Exit(CannotRun);
    };

    /// <summary>What an exception says, without an argument's name, which means nothing to whoever reads a terminal.</summary>
    public static string Sentence(Exception e)
    {
        if (e is not ArgumentException { ParamName: { } parameter }) return e.Message;
        string sentence = e.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal);
        // The system says the value on a line of its own.
        return e is ArgumentOutOfRangeException { ActualValue: { } value } && sentence.LastIndexOf('\n') is var end and >= 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"{sentence.AsSpan(0, end).TrimEnd()} It is {(value is TimeSpan time ? RecipeText.Of(time) : value)}.")
            : sentence;
    }

    /// <summary>
    /// The sentence, after the file and the line of the program where symbols say them: <c>rules.cs:7: …</c>. Null if it is no mistake in a
    /// rule.
    /// </summary>
    internal static string? Tell(Exception e)
    {
        // A recipe in a static field, or one made by reflection or by several tasks.
        while (e is TypeInitializationException or TargetInvocationException or AggregateException && e.InnerException is { } inner)
            e = inner;
        if (e is not (ArgumentException or FormatException or InvalidOperationException)) return null;

        StackFrame[] frames = new StackTrace(e, fNeedFileInfo: true).GetFrames();
        int ours = Array.FindIndex(frames, frame => !IsThrowHelper(frame));
        if (ours < 0 || !IsOurs(AssemblyOf(frames[ours]))) return null;
        // What a program calls of ours may call ours through the system's; the program's own is the first that is neither.
        if (Array.Find(frames[ours..], frame => AssemblyOf(frame) is { } assembly && !IsOurs(assembly)
            && !IsSystems(assembly)) is not { } theirs) return null;

        // What the system says of an argument is nothing without its name.
        string sentence = PlainText.Printable(ours > 0 ? e.Message : Sentence(e));
        return theirs.GetFileName() is { } file && theirs.GetFileLineNumber() is > 0 and int line ? $"{Short(file)}:{line}: {sentence}"
            : sentence;
    }

    internal static bool IsServerProgram()
    {
        string?[] parts = [.. AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)];
        return parts.Contains("Godot.Monitoring.Server") && !parts.Contains("Microsoft.Extensions.Hosting");
    }

    // ArgumentException.ThrowIfNullOrEmpty and its like: whoever called it has refused.
    static bool IsThrowHelper(StackFrame frame) => DiagnosticMethodInfo.Create(frame) is { } method
        && method.Name.StartsWith("Throw", StringComparison.Ordinal)
        && method.DeclaringTypeName is "System.ArgumentException" or "System.ArgumentNullException" or "System.ArgumentOutOfRangeException";

    static string? AssemblyOf(StackFrame frame) =>
        DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName is { } name ? name.Split(',')[0] : null;

    static bool IsOurs(string? assembly) =>
        assembly == "godot" || assembly?.StartsWith("Godot.Monitoring", StringComparison.Ordinal) == true;

    static bool IsSystems(string assembly) => assembly == "System" || assembly.StartsWith("System.", StringComparison.Ordinal);

    static string Short(string file) =>
        Path.GetRelativePath(Environment.CurrentDirectory, file) is var near && near.Length < file.Length ? near : file;
}
