using FsCheck;
using FsCheck.Fluent;

namespace Godot.Tests;

/// <summary>What is promised of every verb, tried on the recipes of the examples with all kinds of events.</summary>
public sealed class EveryVerbTests
{
    public static TheoryData<string> Names => [.. Examples.Names];

    [Fact]
    public void Every_verb_has_an_example() => Assert.Empty(Verbs.All.Keys.Except(Examples.Names.Select(Examples.VerbOf)));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_example_does_what_it_says(string name) => Assert.NotEmpty(Examples.Run(name).Emitted);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_comes_out_does_not_depend_on_the_number_of_lanes(string name) => Check(name, (recipe, story) =>
    {
        List<string> one = story.Run(recipe, lanes: 1);
        foreach (int lanes in (ReadOnlySpan<int>)[2, 3, 16]) Assert.Equal(one, story.Run(recipe, lanes));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Nor_on_how_the_events_were_batched(string name) => Check(name, (recipe, story) =>
        Assert.Equal(story.Run(recipe, lanes: 3), story.Run(recipe, lanes: 3, together: true)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Nor_on_restarts(string name) => Check(name, (recipe, story) =>
        Assert.Equal(story.Run(recipe, lanes: 2), story.Run(recipe, lanes: 2, restartEvery: 3)));

    // Which of two keys is told of first when both wait for one moment is another question: a key that was freed and came again is a
    // younger one.
    [Theory]
    [MemberData(nameof(Names))]
    public void Nor_on_when_idle_keys_are_freed(string name)
    {
        // What fills gaps says that it ends then.
        if (Examples.VerbOf(name) is "FillIn" or "FillInLast" or "Interpolate") return;
        Check(name, (recipe, story) => Assert.Equal(
            story.Run(recipe, lanes: 1).Order(StringComparer.Ordinal),
            story.Run(recipe, lanes: 1, idleAfter: TimeSpan.FromSeconds(10)).Order(StringComparer.Ordinal)));
    }

    /// <summary>FsCheck makes the stories, and makes one that fails shorter.</summary>
    static void Check(string name, Action<Recipe, Story> check)
    {
        ReactorTest example = Examples.Run(name);
        Prop.ForAll<int[]>(codes => check(example.Recipe, new Story(example, codes)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithQuietOnSuccess(true));
    }
}
