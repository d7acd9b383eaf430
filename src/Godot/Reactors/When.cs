using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Begins a sequence: what is to be followed, or not, by something else. Continue with <c>FollowedBy</c> or <c>NotFollowedBy</c>.
    /// Scope: each series; mostly inside a <c>By</c>.
    /// </summary>
    /// <remarks>
    /// <c>Reactor.By("host", r => r.When("service", "deploy").NotFollowedBy("service", "heartbeat", within: TimeSpan.FromMinutes(5)))</c>
    /// </remarks>
    /// <param name="field">The field of the first event that must match.</param>
    /// <param name="match">What it must match.</param>
    /// <exception cref="ArgumentException">There is no such field, or it is never a number and a number was given.</exception>
    public Sequence When(Field field, Matcher match)
    {
        FieldFilter first = new(field, match);
        return new Sequence(this, $"When({first})", first);
    }

    /// <summary>The same with a function for the first event. Scope: each series; mostly inside a <c>By</c>.</summary>
    /// <param name="first">
    /// True of the first event. Called from several threads at once. If it throws, the event is lost in this reactor, and counted.
    /// </param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public Sequence When(Func<EventView, bool> first, [CallerArgumentExpression(nameof(first))] string text = "") =>
        new(this, $"When({text})", new FunctionFilter(first));
}
