namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Runs a recipe once per distinct tuple of these fields' values, and emits what it emits: <c>By("service", r => r.MovingAverage(10))</c>
    /// averages each service over its hosts. All verbs inside see the events of their tuple together, whatever their own scope.
    /// </summary>
    /// <remarks>
    /// Having no value for a field is a value of its own. A tuple that has been quiet for <see cref="EngineOptions.IdleAfter"/> is freed, after
    /// what it holds was emitted. There may be <see cref="EngineOptions.MaxKeys"/> of them; events of further ones are lost in it, and counted.
    /// Host and service together name a series: where events are grouped by them as they came, the limit is <see cref="EngineOptions.MaxSeries"/>.
    /// </remarks>
    /// <param name="fields">One field, or several: <c>["host", "service"]</c>.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    public Reactor By(Fields fields, Func<Reactor, Reactor> inner)
    {
        Recipe recipe = ScopeText.Build(fields, inner);
        return Add(new ScopeStep($"By({fields}, {ScopeText.Lambda(recipe)})", fields, recipe));
    }

    /// <inheritdoc cref="By(Fields, Func{Reactor, Reactor})"/>
    public BatchReactor By(Fields fields, Func<Reactor, BatchReactor> inner)
    {
        Recipe recipe = ScopeText.Build(fields, inner);
        return new(this, new ScopeStep($"By({fields}, {ScopeText.Lambda(recipe)})", fields, recipe));
    }
}

public static partial class ReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="Reactor.By(Fields, Func{Reactor, Reactor})"/>
        public static Reactor By(Fields fields, Func<Reactor, Reactor> inner) => Reactor.Empty.By(fields, inner);

        /// <inheritdoc cref="Reactor.By(Fields, Func{Reactor, BatchReactor})"/>
        public static BatchReactor By(Fields fields, Func<Reactor, BatchReactor> inner) => Reactor.Empty.By(fields, inner);
    }
}

/// <summary>Recipes inside a recipe.</summary>
static class ScopeText
{
    public static Recipe Build(Fields fields, Func<Reactor, Recipe> inner)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Build(inner);
    }

    public static Recipe Build(Func<Reactor, Recipe> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner(Reactor.Empty) ?? throw new ArgumentException("The inner function must return a recipe.", nameof(inner));
    }

    public static string Lambda(Recipe recipe) => recipe.Step is null ? "r => r" : $"r => r.{recipe}";
}
