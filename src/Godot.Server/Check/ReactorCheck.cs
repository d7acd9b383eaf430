using Godot.Alerting;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>What there is to say of a reactor before any event comes.</summary>
/// <param name="Name">Its name, given or derived.</param>
/// <param name="Previews">What each of its outputs makes of an event that fires: the first line.</param>
/// <param name="Problems">A sentence for each thing that is wrong.</param>
/// <param name="Warnings">A sentence for each thing that may be meant so, and probably is not.</param>
sealed record ReactorCheck(string Name, IReadOnlyList<(string Output, string Text)> Previews, IReadOnlyList<string> Problems,
    IReadOnlyList<string> Warnings)
{
    /// <summary>What its name is derived from; null if it was given one.</summary>
    public string? DerivedFrom { get; private init; }

    /// <summary>What metrics, logs and saved state call its steps, in the order in which it is read.</summary>
    public IReadOnlyList<string> Steps { get; private init; } = [];

    /// <summary>Its outputs.</summary>
    public IReadOnlyList<OutputStep> Outputs { get; private init; } = [];

    /// <summary>
    /// Builds each of a server's reactors, has their outputs render events that are made up, and looks for verbs that nothing passes. Opens
    /// and sends nothing.
    /// </summary>
    public static IReadOnlyList<ReactorCheck> Of(GodotServer server)
    {
        Engine engine = new(server.Options.Engine with { TimeProvider = new VirtualClock(SampleEvents.Time), Lanes = 1 });
        Recipe[] all = [.. server.Waiting.Select(reactor => reactor.Recipe)];
        return [.. ReactorName.Of(server.Waiting)
            .Zip(server.Waiting, (name, reactor) => Of(engine, name, reactor.Recipe, [.. Doubts.In(reactor.Recipe, all)]) with
        {
            DerivedFrom = reactor.Name is null ? ReactorName.Source(name, reactor.Recipe) : null,
            Steps = [.. PlacedStep.Flat(PlacedStep.Of(reactor.Recipe)).Select(place => place.Id)],
            Outputs = [.. OutputSteps.Of(reactor.Recipe)],
        })];
    }

    static ReactorCheck Of(Engine engine, string called, Recipe recipe, IReadOnlyList<string> warnings)
    {
        List<(string, string)> previews = [];
        List<string> problems = [];
        try
        {
            engine.Add(recipe, called, new Nobody());
            problems.AddRange(Contradictions.In(recipe));
            problems.AddRange(AlertDoubts.Problems(recipe));
        }
        // Stages are made, and filters asked, by functions of the user's, which may throw anything.
        catch (Exception e)
        {
            problems.Add(Mistake.Sentence(e));
        }
        foreach (OutputStep step in OutputSteps.Of(recipe))
        {
            Rendering rendering = new(step.Output, called, recipe);
            if (rendering.Firing is { } text) previews.Add((step.Output.Name, text.Split('\n')[0]));
            problems.AddRange(rendering.Failures.Select(failure => $"{step} cannot tell of {failure}"));
        }
        return new ReactorCheck(called, previews, problems, [.. warnings, .. AlertDoubts.Warnings(recipe), .. Mixing.In(recipe)]);
    }
}
