namespace Godot;

/// <summary>Copies a recipe, with a note taken wherever an output was.</summary>
sealed class WithoutOutputs(Action<OutputRecipe, IReadOnlyList<Event>> note)
{
    public Recipe Copy(Recipe recipe)
    {
        if (recipe.Before is not { } before || recipe.Step is not { } step) return recipe;
        return recipe is BatchReactor ? new BatchReactor(Copy(before), Copy(step)) : new Reactor(Copy(before), Copy(step));
    }

    Step Copy(Step step) => step switch
    {
        OutputStep { Output: var output } => new StageStep(step.Text, Scope.Event, () => new NoteStage(output, note)),
        ScopeStep scope => scope with { Inner = Copy(scope.Inner) },
        AroundStep around => around with { Branches = [.. around.Branches.Select(Copy)] },
        SplitStep split => split with { Branches = [.. split.Branches.Select(branch => (branch.Filter, Copy(branch.Inner)))] },
        ExceptionStep stream => stream with { Inner = Copy(stream.Inner), Failed = Copy(stream.Failed) },
        _ => step,
    };

    sealed class NoteStage(OutputRecipe output, Action<OutputRecipe, IReadOnlyList<Event>> note) : Stage
    {
        internal override bool ServesAllKeys => true;

        public override void On(EventView e)
        {
            note(output, [e.ToEvent()]);
            Send(e);
        }

        internal override void OnBatch(IReadOnlyList<Event> batch)
        {
            note(output, batch);
            Send(batch);
        }
    }
}
