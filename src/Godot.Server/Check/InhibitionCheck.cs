using Godot.Alerting;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>What there is to say of an inhibition before any event comes.</summary>
/// <param name="Text">The inhibition as it was written.</param>
/// <param name="Problem">What is wrong with it; null: nothing.</param>
/// <param name="Warnings">A sentence for each name that nothing has.</param>
sealed record InhibitionCheck(string Text, string? Problem, IReadOnlyList<string> Warnings)
{
    /// <summary>Looks at each of a server's inhibitions.</summary>
    public static IEnumerable<InhibitionCheck> Of(GodotServer server)
    {
        string[] alerts = [.. ReactorName.Of(server.Waiting).Zip(server.Waiting)
            .Where(reactor => reactor.Second.Recipe is AlertReactor).Select(reactor => reactor.First)];
        Inhibitions all = new();
        foreach ((string reactors, string when, Fields equal) in server.Inhibitions)
        {
            Inhibitions.Inhibition inhibition = new(reactors, when, [.. equal]);
            yield return new(inhibition.ToString(), Try(all, inhibition, alerts), [.. NamesOfNobody(inhibition, alerts)]);
        }
    }

    static string? Try(Inhibitions all, Inhibitions.Inhibition inhibition, string[] alerts)
    {
        try
        {
            all.Add(inhibition, alerts, []);
            return null;
        }
        catch (ArgumentException circle)
        {
            return Mistake.Sentence(circle);
        }
    }

    static IEnumerable<string> NamesOfNobody(Inhibitions.Inhibition inhibition, string[] alerts)
    {
        string[] hushed = [.. alerts.Where(inhibition.Hushes)], by = [.. alerts.Where(inhibition.IsBy)];
        if (hushed.Length == 0) yield return Nobody(inhibition.Targets, alerts);
        if (by.Length == 0) yield return Nobody(inhibition.When, alerts);
        if (hushed is [var only] && by is [var other] && only == other)
            yield return $"It hushes nothing: both names mean {only} alone, and a reactor never hushes itself.";
    }

    static string Nobody(string name, string[] alerts) =>
        $"No reactor with an alert is called {RecipeText.Quote(name)}"
        + (Spelling.Nearest(name, alerts) is { } nearest ? $"; {RecipeText.Quote(nearest)} is the nearest that there is." : ".");
}
