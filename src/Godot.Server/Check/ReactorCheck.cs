namespace Godot;

/// <summary>What there is to say of a reactor before any event comes.</summary>
/// <param name="Name">Its name, or, if it has none and cannot be built, its text.</param>
/// <param name="Previews">What each of its outputs makes of an event that fires: the first line.</param>
/// <param name="Problems">A sentence for each thing that is wrong.</param>
sealed record ReactorCheck(string Name, IReadOnlyList<(string Output, string Text)> Previews, IReadOnlyList<string> Problems)
{
    /// <summary>A sentence for each thing that may be meant otherwise.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Builds each of a server's reactors, has their outputs render events that are made up, and looks for verbs that nothing passes. Opens and sends nothing.</summary>
    public static IReadOnlyList<ReactorCheck> Of(GodotServer server)
    {
        Engine engine = new(server.Options.Engine with { Clock = new VirtualClock(SampleEvents.Time), Lanes = 1 });
        return [.. server.Waiting.Select(reactor => Of(engine, reactor.Name, reactor.Recipe))];
    }

    static ReactorCheck Of(Engine engine, string? name, Recipe recipe)
    {
        List<(string, string)> previews = [];
        List<string> problems = [];
        string called = name ?? recipe.ToString();
        try
        {
            called = engine.Add(recipe, name, new Nobody());
            problems.AddRange(Contradictions.In(recipe));
        }
        // Stages are made, and filters asked, by functions of the user's, which may throw anything.
        catch (Exception e)
        {
            problems.Add(Parsing.Sentence(e));
        }
        foreach (OutputStep step in OutputsOf(recipe))
        {
            Rendering rendering = new(step.Output, called, recipe);
            if (rendering.Firing is { } text) previews.Add((step.Output.Name, text.Split('\n')[0]));
            problems.AddRange(rendering.Failures.Select(failure => $"{step} cannot tell of {failure}"));
        }
        return new ReactorCheck(called, previews, problems) { Warnings = Mixing.In(recipe) };
    }

    static IEnumerable<OutputStep> OutputsOf(Recipe recipe)
    {
        foreach (Step step in recipe.Steps())
        {
            if (step is OutputStep output) yield return output;
            foreach (OutputStep inner in step.Inners.SelectMany(inner => OutputsOf(inner.Recipe))) yield return inner;
        }
    }

    /// <summary>Takes the place of every output.</summary>
    sealed class Nobody : ITap
    {
        public void On(string reactor, EventView e)
        {
        }

        public void On(string reactor, IReadOnlyList<Event> batch)
        {
        }

        public ITap InPlaceOf(OutputRecipe output) => this;
    }
}
