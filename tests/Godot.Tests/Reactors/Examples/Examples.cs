using System.Reflection;

namespace Godot.Tests;

/// <summary>
/// A small story for each verb: its page in the documentation shows them, and tests run their recipes over all kinds of events. Each stands
/// in its verb's file.
/// </summary>
static partial class Examples
{
    /// <summary>
    /// Of each method: the verb's name, and, if there are several of one verb, what the example is of: <c>MovingAverage_of_a_time</c>.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(Examples).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(ReactorTest) && method.GetParameters().Length == 0).Select(method => method.Name)
            .Order(StringComparer.Ordinal)];

    public static string VerbOf(string name) => name.Split('_')[0];

    /// <summary>Tells the story, and checks what it says.</summary>
    public static ReactorTest Run(string name) => typeof(Examples).GetMethod(name)!.CreateDelegate<Func<ReactorTest>>()();
}
