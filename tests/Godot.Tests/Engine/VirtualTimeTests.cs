namespace Godot.Tests;

public sealed class VirtualTimeTests
{
    static readonly TimeSpan Tick = new(1);

    [Fact]
    public void A_timer_goes_off_to_the_tick_whatever_else_happens_meanwhile()
    {
        ReactorTest test = Reactors.Test(r => r.Expire(TimeSpan.FromSeconds(5)))
            .After(3 * Tick).Given("a")
            .After(0.7).Given("b")
            .After(60);

        Assert.Equal([TimeSpan.FromSeconds(5) + 3 * Tick, TimeSpan.FromSeconds(5.7) + 3 * Tick],
            test.Emitted.Select(emission => emission.At));
    }

    [Fact]
    public void A_century_in_which_little_happens_takes_no_time()
    {
        ReactorTest test = Reactors.Test(r => r.Expire(TimeSpan.FromDays(36_500))).Given("a").After(TimeSpan.FromDays(36_500));

        Assert.Equal(TimeSpan.FromDays(36_500), Assert.Single(test.Emitted).At);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public void What_outputs_are_handed_comes_in_an_order_that_does_not_depend_on_the_number_of_lanes(int lanes)
    {
        Assert.Equal(Sent(1), Sent(lanes));

        static IEnumerable<string?> Sent(int lanes) =>
            Reactors.Test(
                r => r.Expire(Sample.Seconds(5), expecting: Enumerable.Range(0, 50).Select(i => ("h", "s" + i))).Console(),
                new EngineOptions { Lanes = lanes }).After(10).Sent.Select(sending => sending.Events[0].Service);
    }
}
