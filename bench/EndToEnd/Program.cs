using System.Diagnostics;
using Godot.Bench;

// With the name of a part: plays it, for a measurement that another process of this program makes. Otherwise measures:
//   Godot.Bench REPOSITORY [smoke] [ROW…]
return args switch
{
    ["serve", .. var rest] => await Serve.RunAsync(rest),
    ["inmemory", .. var rest] => InMemory.Run(rest),
    ["keys", .. var rest] => await ManyKeys.RunAsync(rest),
    ["systemtextjson", .. var rest] => SystemTextJson.Run(rest),
    [var repository, "smoke", .. var rows] => await MeasureAsync(new Bench(smoke: true, new Files(repository)), rows),
    [var repository, .. var rows] => await MeasureAsync(new Bench(smoke: false, new Files(repository)), rows),
    _ => 2,
};

static async Task<int> MeasureAsync(Bench bench, string[] names)
{
    Row[] all =
    [
        new FleetOverTcp(), new PummelOverTcp(), new Pummel(), new FiveStages(), new ThousandReactors(), new FilterAllocation(), new MemoryPerKey(),
        new Datagrams(), new Latency(), new Start(), new Growth(),
    ];
    if (names.Except(all.Select(row => row.Name)).ToList() is [var unknown, ..])
    {
        Console.Error.WriteLine($"There is no row \"{unknown}\"; there are {string.Join(", ", all.Select(row => row.Name))}.");
        return 2;
    }
    long began = Stopwatch.GetTimestamp();
    foreach (Row row in all.Where(row => names.Length == 0 ? row.InSmoke || !bench.IsSmoke : names.Contains(row.Name)))
    {
        Console.WriteLine($"{row.Name}:");
        await row.MeasureAsync(bench);
    }
    // A part of the rows is for looking; what is kept is always all of them, from one go.
    if (!bench.IsSmoke && names.Length == 0) Results.Write(bench, Stopwatch.GetElapsedTime(began));
    Console.WriteLine($"{bench.Passed} passed, {bench.Failed} failed, 0 skipped");
    return bench.Failed == 0 && !bench.Figures.Any(figure => figure.Failed) ? 0 : 1;
}
