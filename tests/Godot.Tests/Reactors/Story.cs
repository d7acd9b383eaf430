using System.Globalization;

namespace Godot.Tests;

/// <summary>
/// Events like those of an example and gaps between them, made of random numbers: other hosts, times that are late or ahead, metrics that
/// are missing, negative and huge.
/// </summary>
sealed class Story(ReactorTest example, IReadOnlyList<int> codes)
{
    static readonly double?[] Metrics = [null, 0, -1, 1e300, -1e300, 1e-300, 5, 50, 90];

    // Times of the clock are far from what the story's seconds could reach.
    readonly TimeSpan longest = example.Arrivals.Count == 0 ? TimeSpan.FromSeconds(1) : example.Arrivals[^1].At;

    /// <summary>
    /// What came out and when, up to long after the end. No event is lost by an exception, unless that is what the example is about.
    /// </summary>
    /// <param name="together">Events between two gaps arrive in one block.</param>
    /// <param name="restartEvery">The recipe goes on in a new engine before every so many steps; 0: never.</param>
    /// <param name="idleAfter">Default: as long as an engine usually lets a key be idle.</param>
    public List<string> Run(Recipe recipe, int lanes, bool together = false, int restartEvery = 0, TimeSpan? idleAfter = null)
    {
        EngineOptions options = new() { Lanes = lanes };
        ReactorTest test = Reactors.Test(recipe, idleAfter is { } idle ? options with { IdleAfter = idle } : options);
        List<Event> waiting = [];
        foreach ((int step, int code) in codes.Index())
        {
            // The same number means the same wherever it stands.
            Random random = new(code);
            if (restartEvery > 0 && step % restartEvery == 0) test.Restart();
            if (random.Next(3) == 0)
            {
                Feed(test, waiting, together);
                test.After(random.Next(4) switch { 0 => longest / 2, 1 => longest, 2 => TimeSpan.FromSeconds(random.Next(1, 20)), _ =>
                    TimeSpan.FromSeconds(0.25) });
            }
            else
            {
                waiting.Add(Make(random, test));
            }
            if (restartEvery > 0) Feed(test, waiting, together);
        }
        Feed(test, waiting, together);
        test.After(TimeSpan.FromHours(1)).End();
        if (example.Lost == 0) test.Loses(0);
        return [$"lost: {test.Lost}",
            .. test.Emitted.Select(emission =>
                string.Create(CultureInfo.InvariantCulture, $"{emission.At} {string.Join(' ', emission.Events)}"))];
    }

    static void Feed(ReactorTest test, List<Event> waiting, bool together)
    {
        if (together) test.GivenTogether([.. waiting]);
        else test.Given([.. waiting]);
        waiting.Clear();
    }

    Event Make(Random random, ReactorTest test)
    {
        Event like = example.Arrivals.Count == 0 ? new Event { Service = "a" }
            : example.Arrivals[random.Next(example.Arrivals.Count)].Event;
        Event e = like with { Time = test.Now + TimeSpan.FromSeconds(random.Next(8) == 0 ? random.Next(-100, 100) : 0) };
        if (random.Next(2) == 0) e = e with { Host = "host " + random.Next(3) };
        if (random.Next(3) == 0) e = e with { Metric = Metrics[random.Next(Metrics.Length)] };
        if (random.Next(3) == 0) e = e with { Metric = random.Next(100) };
        if (random.Next(8) == 0) e = e with { State = random.Next(2) == 0 ? "expired" : "critical" };
        if (random.Next(8) == 0) e = e with { Ttl = TimeSpan.FromSeconds(random.Next(10)) };
        return e;
    }
}
