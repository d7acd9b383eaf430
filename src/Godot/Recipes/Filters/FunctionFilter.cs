using System.Runtime.CompilerServices;

namespace Godot.Recipes;

sealed class FunctionFilter : Filter
{
    readonly Func<EventView, bool> test;

    public FunctionFilter(Func<EventView, bool> test)
    {
        ArgumentNullException.ThrowIfNull(test);
        this.test = test;
    }

    public override bool Passes(EventView e) => test(e);
}
