namespace Godot.Tests;

/// <summary>Stages of users: whose events they see together, and those of batches.</summary>
public sealed class ThenTests
{
    [Fact]
    public void A_stage_sees_each_series_by_itself_or_all_together()
    {
        Event[] events = [Sample.Of("a", 0), Sample.Of("b", 0), Sample.Of("a", 0)];

        Reactors.Test(r => r.Then(() => new Counting())).Given(events).Emits(1d, 1, 2);
        Reactors.Test(r => r.Then(() => new Counting(), Scope.All)).Given(events).Emits(1d, 2, 3);
        Reactors.Test(r => r.Then(() => new CountingState(), Scope.All)).Given(events).Emits(1d, 2, 3);
        Reactors.Test(r => r.By("host", by => by.Then(() => new Counting(), Scope.Series))).Given(events).Emits(1d, 2, 3);
    }

    [Fact]
    public void Its_text_says_its_scope_where_it_is_not_the_usual_one() =>
        Assert.Equal(
            "Over(1).Then(() => new Counting()).Then(() => new Counting(), Scope.All)",
            $"{Reactor.Over(1).Then(() => new Counting()).Then(() => new Counting(), Scope.All)}");

    [Fact]
    public async Task A_verb_with_a_name_is_called_so_in_texts_and_metrics()
    {
        Recipe recipe = Reactor.Over(1).Then(() => new Counting(), Scope.All, verb: "Counted(1)").EventWindow(2)
            .Then(() => new Odd(), verb: "Odd()").ThenEvents(() => new First(), verb: "FirstOfAll").To(new Nowhere(), verb: "Nowhere()");
        await using Engine engine = new();
        engine.Add(recipe);

        Assert.Equal("Over(1).Counted(1).EventWindow(2).Odd().FirstOfAll.Nowhere()", $"{recipe}");
        Assert.Equal(["over", "counted", "eventwindow", "odd", "firstofall", "nowhere"], engine.StageCounts().Select(s => s.Stage));
    }

    [Theory]
    [InlineData("")]
    [InlineData("(3)")]
    [InlineData("3times()")]
    [InlineData("two words()")]
    [InlineData("Stuck(3")]
    [InlineData("Stuck(3) twice")]
    [InlineData("Stuck\n(3)")]
    public void A_name_that_is_none_is_refused(string verb)
    {
        Assert.Throws<ArgumentException>(nameof(verb), () => Reactor.Empty.Then(() => new Counting(), verb: verb));
        Assert.Throws<ArgumentException>(nameof(verb), () => Reactor.Empty.To(new Nowhere(), verb: verb));
        Assert.Throws<ArgumentException>(nameof(verb), () => Reactor.EventWindow(2).Then(() => new Odd(), verb: verb));
        Assert.Throws<ArgumentException>(nameof(verb), () => Reactor.EventWindow(2).ThenEvents(() => new First(), verb: verb));
    }

    // What the compiler hands over of a function in the caller's program.
    [Fact]
    public void Its_arguments_may_stand_on_several_lines() =>
        Assert.Equal("Stuck(e =>\n  1)", $"{Reactor.Empty.Then(() => new Counting(), verb: "Stuck(e =>\n  1)")}");

    [Fact]
    public void A_stage_of_batches_makes_batches_or_events_of_them()
    {
        Reactors.Test(r => r.EventWindow(3).Then(() => new Odd()).Sum()).Given(1, 2, 3).Given(4, 5, 6).Emits(4d, 5);
        Reactors.Test(r => r.EventWindow(3).ThenEvents(() => new First())).Given(1, 2, 3).Given(4, 5, 6).Emits(1d, 4);
    }

    [Fact]
    public void One_that_throws_loses_that_batch_and_nothing_else() =>
        Reactors.Test(r => r.EventWindow(2).ThenEvents(() => new First())).Given(-1, 2).Given(4, 5).Loses(2).Emits(4d);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_deadline_in_a_state_says_when_a_silence_has_been_too_long(bool perKey)
    {
        Func<Stage> make = perKey ? () => new Quiet() : () => new QuietPerKey();
        Reactors.Test(r => r.Then(make)).Given("a").After(3).Given("a", "b").After(4).EmitsNothing().Restart().After(1).Emits("a", "b")
            .Given("b").After(1).Given("a").After(60).Emits("b", "a");
    }

    // Five seconds without an event.
    sealed class Quiet : Stage
    {
        Event? last;
        Deadline silence;

        public override void On(EventView e)
        {
            last = e.ToEvent();
            silence.Set(this, TimeSpan.FromSeconds(5));
        }

        protected override void OnWake()
        {
            if (silence.HasCome(this)) Send(last!);
        }

        protected override bool MayForget() => !silence.IsSet;

        protected override void Save(StateWriter state)
        {
            if (!silence.IsSet) return;
            state.Write(last!);
            silence.Save(this, state);
        }

        protected override void Load(StateReader state)
        {
            last = state.ReadEvent();
            silence.Load(this, state);
        }
    }

    sealed class QuietPerKey : Stage<QuietPerKey.State>
    {
        public struct State
        {
            public Event? Last;
            public Deadline Silence;
        }

        protected override void On(EventView e, ref State state)
        {
            state.Last = e.ToEvent();
            state.Silence.Set(this, TimeSpan.FromSeconds(5));
        }

        protected override void OnWake(ref State state)
        {
            if (state.Silence.HasCome(this)) Send(state.Last!);
        }

        protected override bool MayForget(ref readonly State state) => !state.Silence.IsSet;

        protected override void Save(ref readonly State state, StateWriter writer)
        {
            if (!state.Silence.IsSet) return;
            writer.Write(state.Last!);
            state.Silence.Save(this, writer);
        }

        protected override void Load(ref State state, StateReader reader)
        {
            state.Last = reader.ReadEvent();
            state.Silence.Load(this, reader);
        }
    }

    sealed class Odd : BatchStage
    {
        protected override void On(IReadOnlyList<Event> batch) => Send([.. batch.Where(e => e.Metric % 2 == 1)]);
    }

    sealed class First : BatchStage
    {
        protected override void On(IReadOnlyList<Event> batch)
        {
            if (batch[0].Metric < 0) throw new ArithmeticException("negative");
            Send(batch[0]);
        }
    }

    sealed record Nowhere : OutputRecipe, IOutput
    {
        public override string Name => "nowhere";

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop) => Task.CompletedTask;
    }
}
