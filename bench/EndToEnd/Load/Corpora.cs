using System.Text;
using System.Text.RegularExpressions;

namespace Godot.Bench;

/// <summary>The inputs of the rows.</summary>
static class Corpora
{
    public static string Fleet(Files files) => files.Corpus("fleet", FleetCorpus.Write);

    /// <summary>The fleet's events, their metrics 16 digits that the generator overwrites with the time of sending.</summary>
    public static string Stamped(Files files) => files.Corpus("stamped", output =>
    {
        using StreamWriter writer = new(output);
        foreach (string line in File.ReadLines(Fleet(files)))
            writer.Write(Regex.Replace(line, "\"metric\":[^,]*", "\"metric\":1000000000000000") + "\n");
    });

    /// <summary>What the original's own performance test sends: one host, one service, milliseconds, no ttl.</summary>
    public static string Pummel(Files files) => files.Corpus("pummel", output =>
    {
        for (int i = 0; i < 1000; i++)
        {
            JsonLine line = new(ascii: true);
            line.Text("host", "127.0.0.1");
            line.Text("service", "bench/performance");
            line.Text("state", "test");
            line.Number("time", FleetCorpus.Start * 1000.0 + i);
            line.Text("description", "Waiting to performance test Godot");
            line.Texts("tags", ["test", "perf"]);
            line.Number("metric", 1);
            output.Write(Encoding.UTF8.GetBytes(line.End()));
        }
    });
}
