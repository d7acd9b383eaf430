using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Godot.Bench;

/// <summary>bench/RESULTS.md: the table, what it was measured on, the plots.</summary>
static class Results
{
    public static void Write(Bench bench, TimeSpan took)
    {
        StringBuilder page = new();
        page.AppendLine("# Results").AppendLine();
        page.AppendLine(
            "Written by `bench/run.sh`; [README.md](README.md) says what each line is and what it cannot tell. Medians, and between which "
                + "figures the runs lay.").AppendLine();
        page.AppendLine("| | ours | peer | ratio | spread | promised | fails under | |");
        page.AppendLine("|---|--:|--:|--:|--:|--:|--:|---|");
        foreach (Figure figure in bench.Figures) page.AppendLine(Row(figure));
        page.AppendLine().AppendLine("The spread is that of the ratios, run by run, where there is a peer.").AppendLine();
        page.AppendLine("![Throughput against peers, and what an event costs as the work grows](results.svg)").AppendLine();
        if (bench.Curves.Count > 0) WriteCurves(page, bench.Curves);
        page.AppendLine("## Conditions").AppendLine();
        foreach (string condition in Conditions(bench, took)) page.AppendLine($"- {condition}");
        File.WriteAllText(Path.Combine(bench.Files.Results, "RESULTS.md"), page.ToString());
        File.WriteAllText(Path.Combine(bench.Files.Results, "results.svg"), Plot.Of(bench));
    }

    static string Row(Figure figure)
    {
        (string peer, string ratio) = figure.Peer is { } other ? ($"{figure.PeerName} {Text.Of(other.Median)}", Text.Of(figure.Judged))
            : ("", "");
        string unit = figure.Peer is null ? "" : "x";
        string ours = figure is { Peer: null, NoExceptions: true } ? $"{Text.Of(figure.Judged)} {figure.Unit} at worst"
            : $"{Text.Of(figure.Ours.Median)} {figure.Unit}";
        return $"| {figure.What} | {ours} | {peer} | {ratio} | {Text.Of(figure.Spread)} | "
            + $"{Text.Of(figure.Target, unit)} | {Text.Of(figure.Floor, unit)} | {Text.Verdict(figure)} |";
    }

    static void WriteCurves(StringBuilder page, List<Curve> curves)
    {
        page.AppendLine("## As the work grows").AppendLine();
        foreach (Curve curve in curves)
        {
            page.AppendLine($"**{curve.What}** ({curve.Unit}): {curve.Verdict}").AppendLine();
            page.AppendLine(
                $"| {curve.Of} | "
                + $"{string.Join(" | ", curve.Points.Select(point => point.At.ToString("#,0", CultureInfo.InvariantCulture)))} |");
            page.AppendLine($"|---|{string.Concat(Enumerable.Repeat("--:|", curve.Points.Count))}");
            page.AppendLine($"| {curve.Unit} | {string.Join(" | ", curve.Points.Select(point => Text.Of(point.Cost)))} |").AppendLine();
        }
    }

    static IEnumerable<string> Conditions(Bench bench, TimeSpan took)
    {
        string processor = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        yield return $"{Environment.ProcessorCount} cores of {processor}, {memory:0} GB; "
            + $"{RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}; "
            + $"{RuntimeInformation.FrameworkDescription}, JIT with dynamic PGO as servers have it";
        yield return $"{DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, "
            + $"commit {Says("git", "-C", bench.Files.Repository, "describe", "--always", "--dirty")}; "
            + $"it took {took.TotalMinutes:0.0} minutes";
        yield return $"load of the machine at the end: {File.ReadAllText("/proc/loadavg").Split(' ')[0]} (a run by itself leaves about 2)";
        yield return $"the original: godot 0.7.10 under "
            + $"node {Says("node", "--version")}; simdjson {Says("dpkg-query", "-W", "-f=${Version}", "libsimdjson-dev")} "
            + $"with g++ {Says("g++", "-dumpfullversion")} -O3 -march=native";
        yield return $"{bench.Passed} counts and emissions were checked, {bench.Failed} were wrong";
    }

    static string Says(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
