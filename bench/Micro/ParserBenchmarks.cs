using BenchmarkDotNet.Attributes;
using Godot.Events;

namespace Godot.Bench.Micro;

/// <summary>Bytes to rows, per event: the fleet's events, short ones, and such as have everything that is dear.</summary>
public class ParserBenchmarks
{
    const int Count = 1000;

    readonly JsonLines lines = new(WireLimits.Default);
    readonly Block block = new();
    byte[] text = [];

    [Params("fleet", "short", "escapes")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup() => text = Kind switch
    {
        "fleet" => Blocks.FleetLines(Count),
        "short" => Repeated("""{"service":"cpu","metric":42.5}"""),
        _ => Repeated(
            """{"host":"\u0061pp1","service":"db\/orders","description":"line one\nline \"two\" caf\u00e9 \ud83d\ude80","metric":1.7976931348623157e308,"x":{"y":[1,2,{"z":null}]}}"""),
    };

    [Benchmark(OperationsPerInvoke = Count)]
    public long Parse()
    {
        ReadOnlySpan<byte> rest = text;
        while (!rest.IsEmpty)
        {
            rest = lines.Receive(rest);
            while (lines.Read(block, arrival: 0))
            {
            }
        }
        return lines.Accepted;
    }

    static byte[] Repeated(string line) => System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line + "\n", Count)));
}
