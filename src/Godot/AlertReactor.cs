using Godot.Recipes;

namespace Godot;

/// <summary>
/// A recipe whose last verb opens and ends incidents: <c>Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 95)</c>. What
/// follows says who is told of them: an output, or a <see cref="Policy"/>. It emits no events.
/// </summary>
public sealed partial class AlertReactor : Recipe, IOutputs<AlertReactor>
{
    internal AlertReactor(Recipe before, Step step) : base(before, step)
    {
    }

    internal override AlertReactor Add(Step step) => new(this, step);

    AlertReactor IOutputs<AlertReactor>.Add(OutputStep output) => Add(output);
}
