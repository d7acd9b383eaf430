using System.Globalization;

namespace Godot.Bench;

/// <summary>
/// The article's measurement, both sides with their own clients and servers: five processes make events and send them, one receives and
/// counts. Counted from the first event on; ours, unlike the original's, divides by the time that really passed.
/// </summary>
sealed class Pummel : Row
{
    public override string Name => "pummel";

    public override Task MeasureAsync(Bench bench)
    {
        Samples ours = new(), original = new();
        string producers = bench.Sized("5", "1"), seconds = bench.Sized("6", "1");
        for (int run = 0; run < bench.Runs; run++)
        {
            ours.Add(PerSecond(bench, bench.Files.Tool, "pummel", "-c", producers, "-d", seconds, "-p", "0"));
            if (bench.IsSmoke) continue;
            string theirs = Path.Combine(bench.Files.Original, "node_modules", "godot", "test", "perf", "pummel.js");
            original.Add(PerSecond(bench, "node", theirs, "-c", producers, "-d", seconds, "-i", seconds));
        }
        bench.Add(new Figure("pummel -c 5: our clients and server", "M events/s", ours) { Peer = original, PeerName = "the original",
            Target = Bound.AtLeast(25) });
        return Task.CompletedTask;
    }

    static double PerSecond(Bench bench, string program, params string[] args)
    {
        using Child child = Child.Start(program, args);
        string[] words =
            [.. child.ReadToEnd().Split('\n').Where(line => line.EndsWith("per second", StringComparison.Ordinal))
                .Select(line => line.Trim().Split(' ')[0])];
        bench.Check($"pummel: {Path.GetFileName(program)} counted events", words.Length > 0 && words[0] != "0", "there were none");
        return words.Length == 0 ? 0 : double.Parse(words[0], CultureInfo.InvariantCulture) / 1e6;
    }
}
