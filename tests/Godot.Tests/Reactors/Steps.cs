using FsCheck;
using FsCheck.Fluent;

namespace Godot.Tests;

/// <summary>
/// Random stories of one series for comparison with what a definition says: gaps of whole seconds, and numbers that mean what the test
/// likes.
/// </summary>
static class Steps
{
    public sealed record Step(int Index, int At, int Number)
    {
        public Event Event => new() { Host = "host", Service = "service", Metric = Index, State = $"state {Number}" };
    }

    public static Arbitrary<Step[]> Random(int longestGap, int numbers) =>
        Gen.Zip(Gen.Choose(0, longestGap), Gen.Choose(0, numbers - 1)).ListOf().Select(pairs =>
        {
            int at = 0;
            return pairs.Select((pair, index) => new Step(index, at += pair.Item1, pair.Item2)).ToArray();
        }).ToArbitrary();

    /// <summary>When which came out: seconds, and the metrics of the event or of the batch.</summary>
    public static string[] Run(this IReadOnlyList<Step> steps, Recipe recipe, Func<Step, Event>? make = null)
    {
        ReactorTest test = Reactors.Test(recipe);
        foreach (Step step in steps)
            test.After(seconds: step.At - test.Now.Subtract(Sample.At(0)).TotalSeconds).Given(make?.Invoke(step) ?? step.Event);
        return [.. test.After(seconds: 1000).Emitted.Select(emission =>
            Text(emission.At.TotalSeconds, [.. emission.Events.Select(e => e.Metric)]))];
    }

    public static string Text(double at, params double?[] metrics) => $"{at}: {string.Join(' ', metrics)}";
}
