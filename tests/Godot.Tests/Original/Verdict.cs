namespace Godot.Tests.Original;

/// <summary>What becomes of a recorded case.</summary>
/// <param name="Reactor">The file that it stands in.</param>
/// <param name="Name">Its name there.</param>
abstract record Verdict(string Reactor, string Name)
{
    public RecordedCase Recorded => RecordedCase.All.Single(recorded => recorded.Reactor == Reactor && recorded.Name == Name);

    /// <summary>Throws if it is not so.</summary>
    public abstract void Check();

    /// <summary>Runs it in our verbs. What is no event is refused where it comes in, as by a server.</summary>
    protected static ReactorTest Run(RecordedCase recorded)
    {
        ReactorTest test = Reactors.Test(Translation.Of(recorded));
        foreach ((TimeSpan at, string line) in recorded.Input)
            test.After(at - (test.Now - Sample.At(0))).Given([.. Wire.Lines.Read(line).Events]);
        return test.After(recorded.End - (test.Now - Sample.At(0)));
    }
}

/// <summary>Ours emits the same, at the same times.</summary>
/// <param name="Lost">How many events are lost because a function throws; the original emitted an error instead.</param>
sealed record Agrees(string Reactor, string Name, int Lost = 0) : Verdict(Reactor, Name)
{
    public override void Check()
    {
        Assert.False(Recorded.Throws);
        ReactorTest test = Run(Recorded).Loses(Lost);
        Assert.Equal(Recorded.Output, Outcome.Emitted(test));
        Assert.Equal(Recorded.Probes, Outcome.Probed(test));
    }
}

/// <summary>A rule of ours wins, and says what comes out instead.</summary>
/// <param name="Expected">What the rule says; written before it was run.</param>
/// <param name="Probed">What the probes within it see.</param>
/// <param name="Lost">How many events are lost because a function throws.</param>
sealed record Overridden(string Reactor, string Name, string Rule, string[] Expected, string[]? Probed = null, int Lost = 0)
    : Verdict(Reactor, Name)
{
    public override void Check()
    {
        ReactorTest test = Run(Recorded).Loses(Lost);
        Assert.Equal(Expected, Outcome.Emitted(test));
        Assert.Equal(Probed ?? [], Outcome.Probed(test));
        Assert.True(Recorded.Throws || !Expected.SequenceEqual(Recorded.Output) || !(Probed ?? []).SequenceEqual(Recorded.Probes),
            "Nothing is overridden: it agrees.");
    }
}

/// <summary>The compiler or a verb of ours refuses it.</summary>
sealed record CannotBeWritten(string Reactor, string Name, Action Refused) : Verdict(Reactor, Name)
{
    public override void Check() => Refused();
}
