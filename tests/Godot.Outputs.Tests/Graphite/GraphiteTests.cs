using Godot.Client.Tests;

namespace Godot.Outputs.Tests;

public sealed class GraphiteTests
{
    static readonly DateTimeOffset Time = new(2026, 8, 1, 3, 14, 15, 926, TimeSpan.Zero);

    [Theory]
    [InlineData("web.1", "api/http/latency", 0.25, "godot", "godot.web_1.api.http.latency 0.25 1785554055\n")]
    [InlineData(null, "cpu", -3, "a.b", "a.b.cpu -3 1785554055\n")]
    [InlineData("höst", "//disk free//%", 1e21, "", "h_st.disk_free._ 1E+21 1785554055\n")]
    [InlineData(null, null, 1, "", "_ 1 1785554055\n")]
    public void A_line_is_a_path_a_number_and_whole_seconds(string? host, string? service, double metric, string prefix, string line) =>
        Assert.Equal(line, GraphiteLine.Of(new Event { Host = host, Service = service, Metric = metric, Time = Time }, prefix));

    [Fact]
    public void What_has_no_metric_has_no_line() => Assert.Null(GraphiteLine.Of(new Event { Service = "cpu" }, ""));

    [Fact]
    public async Task Lines_are_written_in_order_and_again_over_a_new_connection()
    {
        using LineServer carbon = LineServer.Tcp();
        await using Engine engine = new();
        engine.Add(Reactor.Graphite("127.0.0.1", carbon.Port));
        Feed(engine, 1, 2);
        using (LineConnection first = await carbon.AcceptAsync())
            Assert.Equal(["godot.a 1 1785554055", "godot.a 2 1785554055"], await first.ReadAsync(2));
        Feed(engine, 3);
        using LineConnection second = await carbon.AcceptAsync();
        Assert.Equal("godot.a 3 1785554055", await second.ReadAsync());
    }

    [Fact]
    public void It_is_refused_what_cannot_be_a_place()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Graphite("carbon", 0));
        Assert.Throws<ArgumentException>(() => Reactor.Graphite(" "));
    }

    static void Feed(Engine engine, params ReadOnlySpan<double> metrics)
    {
        foreach (double metric in metrics) engine.Feed(new Event { Service = "a", Metric = metric, Time = Time });
    }
}
