namespace Godot.Tests;

public sealed class KitTests
{
    [Fact]
    public void Says_what_was_expected_and_what_came()
    {
        ReactorTest test = Reactors.Test(r => r.Over(1)).Given(2).After(1.5);
        Assert.Equal(
            """
            Other events came out than expected, 1.5 s after the start.
            Expected: "a", "b"
            Emitted:  {"host":"host","service":"service","metric":2}
            Lost:     0
            """,
            Assert.Throws<ReactorTestException>(() => test.Emits("a", "b")).Message);
    }

    [Fact]
    public void Looks_at_each_emission_once() => Reactors.Test(r => r.Over(1)).Given(2).Emits(2d).EmitsNothing().Given(3).Emits(3d);

    [Fact]
    public void Looks_only_at_fields_that_are_expected()
    {
        Reactors.Test(r => r.Over(1)).Given(2).Emits(new Event { Service = "service" });
        Assert.Throws<ReactorTestException>(() => Reactors.Test(r => r.Over(1)).Given(2).Emits(new Event { State = "ok" }));
    }

    [Fact]
    public void A_loss_that_nobody_expects_fails_the_test()
    {
        ReactorTest test = Reactors.Test(r => r.Map(_ => throw new InvalidOperationException("boom"))).Given(1, 9);
        ReactorTestException e = Assert.Throws<ReactorTestException>(() => test.EmitsNothing());
        Assert.Matches(@"Lost:     2, because a stage threw; first .*[Mm]ap.*: System\.InvalidOperationException: boom", e.Message);
        Assert.IsType<InvalidOperationException>(e.InnerException);
        Assert.Throws<ReactorTestException>(() => Reactors.Test(r => r.Over(1)).Loses(1));
    }

    [Fact]
    public void Opens_no_output()
    {
        ReactorTest test = Reactors.Test(r => r.To(new Unopened()).By("host", h => h.Around(Reactor.Over(1).To(new Unopened()))));
        test.Given(1, 2).Emits(1d, 2);
        Assert.Equal([1, 2, 2], test.Sent.Select(sent => sent.Events[0].Metric).Order());
    }

    sealed record Unopened : OutputRecipe
    {
        public override string Name => "unopened";

        public override IOutput Open(OutputContext context) => throw new InvalidOperationException("A test opened an output.");
    }

    [Fact]
    public void Time_does_not_go_back() => Assert.Throws<ArgumentOutOfRangeException>(() => Reactors.Test(r => r.Over(1)).After(-1));
}
