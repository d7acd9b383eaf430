namespace Godot;

/// <summary>
/// Tests reactors in virtual time, as a line of events and gaps:
/// <c>Reactors.Test(r => r.Throttle(2, per: TimeSpan.FromSeconds(10))).Given("a", "b", "c").Emits("a", "b")</c>.
/// </summary>
public static class Reactors
{
    /// <summary>Starts a recipe. Its outputs are not opened: what they would be handed is in <see cref="ReactorTest.Sent"/>.</summary>
    /// <param name="recipe">Continues the recipe that it is handed.</param>
    /// <param name="options">The engine's options; its clock is virtual whatever they say. Default: one lane.</param>
    public static ReactorTest Test(Func<Reactor, Recipe> recipe, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Test(recipe(Reactor.Empty), options);
    }

    /// <inheritdoc cref="Test(Func{Reactor, Recipe}, EngineOptions)"/>
    /// <param name="recipe">The recipe, such as a server program gives to <c>React</c>.</param>
    public static ReactorTest Test(Recipe recipe, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return new ReactorTest(recipe, options ?? new EngineOptions { Lanes = 1 });
    }
}
