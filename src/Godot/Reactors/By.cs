using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Runs a recipe once per distinct tuple of these fields' values, and emits what it emits: <c>By("service", r =>
    /// r.MovingAverage(10))</c> averages each service over its hosts. All verbs inside see the events of their tuple together, whatever
    /// their own scope. Scope: each tuple.
    /// </summary>
    /// <remarks>
    /// Having no value for a field is a value of its own. A tuple that has been quiet for <see cref="EngineOptions.IdleAfter"/>, and for as
    /// long as the verbs inside remember, is freed, after what it holds was emitted. There may be <paramref name="maxKeys"/> of them. When
    /// a further one needs room, those that came once and never again are forgotten early, then those that have been quiet longest, and an
    /// event says so: service "godot/keys-forgotten", state "warning". Where that gives no room, events of further ones are lost in it, and
    /// counted, and an event says so: service "godot/keys-exceeded", state "critical". Both have the machine's name as host, and as metric
    /// how many there were so far. They come to all reactors, behind the events that were received together with the first that was lost,
    /// and at most once a minute after that. Which tuples are the first does not depend on the number of lanes. Host and service together
    /// name a series: where events are grouped by them as they came, the limit is <see cref="EngineOptions.MaxSeries"/>, unless there is
    /// one here.
    /// </remarks>
    /// <param name="fields">One field, or several: <c>["host", "service"]</c>.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    /// <param name="maxKeys">
    /// How many tuples there may be at once, those of a <c>By</c> around it included. Default: <see cref="EngineOptions.MaxKeys"/>.
    /// </param>
    /// <param name="forgetAfter">
    /// How long verbs inside that have no time of their own, such as <see cref="ChangedState"/>, remember a tuple. Default: that of a
    /// <c>By</c> around it, or <see cref="EngineOptions.ForgetAfter"/>. Nothing is freed before <see cref="EngineOptions.IdleAfter"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="maxKeys"/> is below 1, or <paramref name="forgetAfter"/> is not longer than zero.
    /// </exception>
    public Reactor By(Fields fields, Func<Reactor, Reactor> inner, int? maxKeys = null, TimeSpan? forgetAfter = null) =>
        Add(InnerRecipe.By(fields, InnerRecipe.Build(fields, inner), maxKeys, forgetAfter));

    /// <inheritdoc cref="By(Fields, Func{Reactor, Reactor}, int?, TimeSpan?)"/>
    public BatchReactor By(Fields fields, Func<Reactor, BatchReactor> inner, int? maxKeys = null, TimeSpan? forgetAfter = null) =>
        new(this, InnerRecipe.By(fields, InnerRecipe.Build(fields, inner), maxKeys, forgetAfter));

    /// <summary>The same with an alert: one incident for each tuple.</summary>
    /// <inheritdoc cref="By(Fields, Func{Reactor, Reactor}, int?, TimeSpan?)"/>
    public AlertReactor By(Fields fields, Func<Reactor, AlertReactor> inner, int? maxKeys = null, TimeSpan? forgetAfter = null) =>
        new(this, InnerRecipe.By(fields, InnerRecipe.Build(fields, inner), maxKeys, forgetAfter));

    /// <summary>
    /// The same with a function's result: <c>By(e => e.Service?.Split('/')[0], r => r.Sum())</c> sums the services of each application.
    /// </summary>
    /// <inheritdoc cref="By(Fields, Func{Reactor, Reactor}, int?, TimeSpan?)" path="/remarks"/>
    /// <param name="key">
    /// Makes the value; null is a value of its own. Called from several threads at once. If it throws, the event is lost in this reactor,
    /// and counted.
    /// </param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    /// <param name="maxKeys">How many values there may be at once. Default: <see cref="EngineOptions.MaxKeys"/>.</param>
    /// <param name="forgetAfter">How long verbs inside that have no time of their own remember a value.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="maxKeys"/> is below 1, or <paramref name="forgetAfter"/> is not longer than zero.
    /// </exception>
    public Reactor By(Func<EventView, string?> key, Func<Reactor, Reactor> inner, int? maxKeys = null, TimeSpan? forgetAfter = null,
        [CallerArgumentExpression(nameof(key))] string text = "") =>
        By(InnerRecipe.Of(key, text), inner, maxKeys, forgetAfter);

    /// <inheritdoc cref="By(Func{EventView, string?}, Func{Reactor, Reactor}, int?, TimeSpan?, string)"/>
    public BatchReactor By(Func<EventView, string?> key, Func<Reactor, BatchReactor> inner, int? maxKeys = null,
        TimeSpan? forgetAfter = null, [CallerArgumentExpression(nameof(key))] string text = "") =>
        By(InnerRecipe.Of(key, text), inner, maxKeys, forgetAfter);

    /// <summary>The same with an alert: one incident for each value.</summary>
    /// <inheritdoc cref="By(Func{EventView, string?}, Func{Reactor, Reactor}, int?, TimeSpan?, string)"/>
    public AlertReactor By(Func<EventView, string?> key, Func<Reactor, AlertReactor> inner, int? maxKeys = null,
        TimeSpan? forgetAfter = null, [CallerArgumentExpression(nameof(key))] string text = "") =>
        By(InnerRecipe.Of(key, text), inner, maxKeys, forgetAfter);
}
