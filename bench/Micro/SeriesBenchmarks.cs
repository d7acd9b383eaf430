using System.Text;
using BenchmarkDotNet.Attributes;

namespace Godot.Bench.Micro;

/// <summary>The look-up of an event's series, per event, among more and more of them, which come in no order.</summary>
public class SeriesBenchmarks : EngineRun
{
    [Params(1, 1000, 20_000)]
    public int Series { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        StringBuilder lines = new();
        for (int i = 0; i < Blocks.Events; i++)
            lines.Append($$"""{"host":"{{i * 7919L % Series:0000000}}.example.com","service":"cpu","metric":1}""").Append('\n');
        Run([Reactor.Where("service", "none")], Encoding.UTF8.GetBytes(lines.ToString()));
    }
}
