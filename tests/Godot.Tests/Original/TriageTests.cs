using Xunit.Sdk;

namespace Godot.Tests.Original;

/// <summary>Ours against what the original was seen to do.</summary>
public sealed class TriageTests
{
    public static TheoryData<string> Cases => [.. RecordedCase.All.Select(recorded => $"{recorded}")];

    [Fact]
    public void Every_recorded_case_stands_in_the_table_once() =>
        Assert.Equal(RecordedCase.All.Select(recorded => $"{recorded}").Order(StringComparer.Ordinal),
            Triage.Table.Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public void Of_those_that_can_be_written_most_agree() =>
        Assert.True(Triage.Table.OfType<Agrees>().Count() > Triage.Table.OfType<Overridden>().Count());

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_as_the_table_says(string recorded) => Triage.Table.Single(verdict => NameOf(verdict) == recorded).Check();

    [Fact]
    public void Nothing_that_can_be_written_is_shown_to_be_refused()
    {
        Assert.ThrowsAny<XunitException>(Refusal.ByCompiler<Reactor>("Over", typeof(int)));
        Assert.ThrowsAny<XunitException>(Refusal.ByCompiler<Reactor>("Where", typeof(string), typeof(string)));
        Assert.ThrowsAny<XunitException>(Refusal.ByCompiler<Reactor>("By", typeof(string), typeof(Func<Reactor, Reactor>)));
        Assert.ThrowsAny<XunitException>(Refusal.ByCompiler<Reactor>("Tagged", typeof(string), typeof(string)));
        Assert.ThrowsAny<XunitException>(Refusal.ByCompiler<Reactor>("Rollup", typeof(TimeSpan)));
        Assert.ThrowsAny<XunitException>(Refusal.ByCompiler<BatchReactor>("Combine", typeof(Func<IReadOnlyList<Event>, Event>)));
        Assert.ThrowsAny<XunitException>(Refusal.ByCompiler<Reactor>("NoSuchVerb"));
        Assert.ThrowsAny<XunitException>(Refusal.ByVerb(() => Reactor.Over(0)));
        Assert.ThrowsAny<XunitException>(Refusal.OfNothing(typeof(Event)));
    }

    static string NameOf(Verdict verdict) => $"{verdict.Reactor}: {verdict.Name}";
}
