namespace Godot.Tests;

public sealed class DistinctCountTests
{
    [Fact]
    public void Counts_values_over_all_series_and_emits_the_last_event() =>
        Reactors.Test(r => r.DistinctCount(Sample.Seconds(1), "host"))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("b", null, "y"), Sample.Of("c", 3, "x")).Given(Sample.Of("nobody")).After(1)
            .Emits(new Event { Host = null, Service = null, Metric = 2, Time = Sample.At(1) });

    [Fact]
    public void A_text_and_a_number_are_two_values_and_null_is_none()
    {
        Event Of(MetaValue value) => new() { Service = "s", Meta = new Dictionary<string, MetaValue> { ["v"] = value } };
        Event[] events = [Of(5), Of(5.0), Of("5"), Of(true), Event.Parse("""{"service":"s","meta":{"v":null}}""")];
        Reactors.Test(r => r.DistinctCount(Sample.Seconds(1), Field.Meta("v"))).Given(events).After(1).Emits(3d);
    }

    [Fact]
    public void A_value_is_the_same_however_its_JSON_is_written() =>
        Reactors.Test(r => r.DistinctCount(Sample.Seconds(1), "service"))
        .Given(Event.Parse("""{"service":"\u0061"}"""), Event.Parse("""{"service":"a"}""")).After(1).Emits(1d);

    [Fact]
    public void Metrics_that_are_equal_are_one_value() =>
        Reactors.Test(r => r.DistinctCount(Sample.Seconds(1), "metric")).Given(0, -0.0, 1e300, -1, 1e300).After(1).Emits(3d);

    [Theory]
    [InlineData(1_000, 0)]
    [InlineData(20_000, 500)]
    public void Many_values_survive_a_restart(int values, double error)
    {
        ReactorTest test = Reactors.Test(r => r.DistinctCount(Sample.Seconds(1), "host"));
        for (int i = 0; i < values; i++)
        {
            if (i == values / 2) test.Restart();
            test.Given(Sample.Of("s", null, $"host {i}"));
        }
        Assert.Equal(values, test.After(1).Emitted.Single().Events[0].Metric!.Value, error);
    }

    [Fact]
    public void Every_interval_begins_anew() =>
        Reactors.Test(r => r.DistinctCount(Sample.Seconds(1), "host")).Given("a", "b").After(1).Given("c").After(9).Given("d").End()
        .Emits(1d, 1, 1);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.DistinctCount(TimeSpan.Zero, "host"));
        Assert.Throws<ArgumentException>(() => Reactor.DistinctCount(Sample.Seconds(1), default(Field)));
        Assert.Throws<ArgumentException>(() => Reactor.DistinctCount(Sample.Seconds(1), "user"));
    }
}
