using System.Collections;
using System.Text;
using FsCheck.Xunit;
using Godot.Client.Tests;

namespace Godot.Outputs.Tests;

public sealed class GraphiteTests
{
    static readonly DateTimeOffset Time = new(2026, 8, 1, 3, 14, 15, 926, TimeSpan.Zero);

    [Theory]
    [InlineData("web.1", "api/http/latency", 0.25, "godot", "godot.web_1.api.http.latency 0.25 1785554055\n")]
    [InlineData(null, "cpu", -3, "a.b", "a.b._.cpu -3 1785554055\n")]
    [InlineData("höst", "disk free", 1e21, "", "höst.disk_free~87d62fc168eb 1E+21 1785554055\n")]
    [InlineData("北京", "लोड_1", 1, "", "北京.लोड_1 1 1785554055\n")]
    [InlineData(null, null, 1, "", "_ 1 1785554055\n")]
    public void A_line_is_a_path_a_number_and_whole_seconds(string? host, string? service, double metric, string prefix, string line) =>
        Assert.Equal(line, GraphiteLine.Of(new Event { Host = host, Service = service, Metric = metric, Time = Time }, prefix));

    // What looks alike, or is nothing, or is cut.
    static readonly string?[] Names =
    [
        null, "", "_", "__", "-", ".", "/", "//", "a", "A", "/a", "a/", "a//b", "a/b", "a.b", "a_b", "a b", "a%b", "a~b", "a\nb",
        "..", "../b", "a/../b", "a\0", "北京", "上海", "é", "e\u0301",
        "a\u200Bb", "😀", "😁", new('a', 100), new('a', 101), new('a', 102), new('北', 40), new('北', 41),
        string.Concat(Enumerable.Repeat("a/", 20)), string.Concat(Enumerable.Repeat("a/", 21)),
        string.Join('/', Enumerable.Repeat("a", 30_000)), string.Join('/', Enumerable.Repeat("a", 30_001)),
        new('%', 60_000), new('%', 60_001), "disk_free~87d62fc168eb", "disk free",
    ];

    [Fact]
    public void Different_series_have_different_paths()
    {
        (string? Host, string? Service)[] series = [.. Names.SelectMany(host => Names.Select(service => (host, service)))];
        string[] paths = [.. series.Select(one => GraphitePath.Of("godot", one.Host, one.Service))];
        Assert.Equal(series.Length, paths.Distinct().Count());
        Assert.All(paths, IsAPath);
    }

    [Property]
    public void Different_series_have_different_paths_whatever_their_names(
        string? host, string? service, string? otherHost, string? otherService)
    {
        string one = GraphitePath.Of("", host, service), other = GraphitePath.Of("", otherHost, otherService);
        Assert.Equal((host, service) == (otherHost, otherService), one == other);
        IsAPath(one);
    }

    // A file for each word, none of them hidden or above, and none too long for a file system; nothing ends the line or the path.
    static void IsAPath(string path)
    {
        Assert.All(path.Split('.'), word => Assert.InRange(Encoding.UTF8.GetByteCount(word), 1, 120));
        Assert.InRange(path.Length, 1, 3000);
        Assert.DoesNotContain(path, c => c is ' ' or '/' or '\\' || char.IsControl(c) || char.IsWhiteSpace(c));
    }

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
            Assert.Equal(["godot._.a 1 1785554055", "godot._.a 2 1785554055"], await first.ReadAsync(2));
        Feed(engine, 3);
        using LineConnection second = await carbon.AcceptAsync();
        Assert.Equal("godot._.a 3 1785554055", await second.ReadAsync());
    }

    [Fact]
    public async Task A_batch_goes_on_behind_the_last_line_that_was_taken()
    {
        using LineServer carbon = LineServer.Tcp();
        await using GraphiteOutput output = new(new GraphiteRecipe("127.0.0.1", carbon.Port, ""), TimeProvider.System);
        Event e = new() { Service = "a", Metric = 1, Time = Time };
        Notification[] batch = [new("r", new BreaksOnce(e, e with { Metric = 2 }))];

        await Assert.ThrowsAsync<IOException>(() => output.SendAsync(batch, CancellationToken.None));
        using LineConnection first = await carbon.AcceptAsync();
        await output.SendAsync(batch, CancellationToken.None);
        using LineConnection second = await carbon.AcceptAsync();

        Assert.Equal("_.a 1 1785554055", await first.ReadAsync());
        Assert.Null(await first.ReadAsync());
        Assert.Equal("_.a 2 1785554055", await second.ReadAsync());
    }

    // Where the second event stands, a connection breaks.
    sealed class BreaksOnce(params Event[] events) : IReadOnlyList<Event>
    {
        bool broke;

        public int Count => events.Length;

        public Event this[int index] => index == 0 || broke ? events[index] : throw new IOException($"Broken: {broke = true}");

        public IEnumerator<Event> GetEnumerator() => events.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
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
