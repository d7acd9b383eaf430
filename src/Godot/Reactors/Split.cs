using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Hands each event to the first branch that takes it, and emits what the branches emit; drops an event that none takes.
    /// </summary>
    /// <remarks>
    /// Branches are asked in their order; <see cref="Branch.Else(Func{Reactor, Recipe})"/> takes what is left, and stands last. What the
    /// branches emit comes out in the order in which the events arrived. The verbs inside have their own scopes, or that of the <c>By</c>
    /// or <c>Across</c> around them. A branch that ends in batches emits them to its own outputs alone.
    /// </remarks>
    /// <param name="branches">Such as <c>Branch.When("state", "critical", r => r.Email("pager@host.com"))</c>.</param>
    /// <exception cref="ArgumentException">There is no branch, or one stands behind an <c>Else</c>: nothing would reach it.</exception>
    public Reactor Split(params ReadOnlySpan<Branch> branches)
    {
        Branch[] all = branches.ToArray();
        if (all.Length == 0) throw new ArgumentException("Give Split at least one branch; as it is, nothing would pass.", nameof(branches));
        foreach (Branch branch in all) ArgumentNullException.ThrowIfNull(branch, nameof(branches));
        if (Array.FindIndex(all, branch => branch.Filter is null) is var otherwise and >= 0 && otherwise < all.Length - 1)
            throw new ArgumentException("Nothing reaches a branch behind Else; put Else last.", nameof(branches));
        return Add(new SplitStep($"Split({string.Join(", ", all.AsEnumerable())})", all));
    }
}
