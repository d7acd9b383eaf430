using System.Diagnostics;

namespace Godot.Bench;

/// <summary>Measures the rows, one after the other, and says in the end whether all is as promised.</summary>
static class Harness
{
    static readonly Row[] Rows =
    [
        new FleetOverTcp(), new PummelOverTcp(), new Pummel(), new FiveStages(), new ThousandReactors(), new FilterAllocation(),
            new MemoryPerKey(), new SnapshotCost(),
        new Datagrams(), new Latency(), new Start(), new Growth(),
    ];

    /// <param name="names">The rows to measure; none: all of them, and the results are kept.</param>
    public static async Task<int> RunAsync(Bench bench, string[] names)
    {
        if (names.Except(Rows.Select(row => row.Name)).ToList() is [var unknown, ..])
        {
            Console.Error.WriteLine($"There is no row \"{unknown}\"; there are {string.Join(", ", Rows.Select(row => row.Name))}.");
            return 2;
        }
        long began = Stopwatch.GetTimestamp();
        foreach (Row row in Rows.Where(row => names.Length == 0 ? row.InSmoke || !bench.IsSmoke : names.Contains(row.Name)))
            await MeasureAsync(bench, row);
        // A part of the rows is for looking; what is kept is always all of them, from one go.
        if (!bench.IsSmoke && names.Length == 0) Results.Write(bench, Stopwatch.GetElapsedTime(began));
        Console.WriteLine($"{bench.Passed} passed, {bench.Failed} failed, 0 skipped");
        return bench.Failed == 0 && !bench.Figures.Any(figure => figure.Failed) ? 0 : 1;
    }

    static async Task MeasureAsync(Bench bench, Row row)
    {
        Console.WriteLine($"{row.Name}:");
        try
        {
            await row.MeasureAsync(bench);
        }
        // A program that failed fails its row and the whole run, but does not cost the others their figures.
        catch (Exception e) when (e is InvalidOperationException or IOException or TimeoutException or HttpRequestException)
        {
            bench.Check($"{row.Name} could be measured", false, e.ToString());
        }
    }
}
