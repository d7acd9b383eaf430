namespace Godot;

/// <summary>Views that the compiler refuses to keep, for which it names no way out.</summary>
public class ViewTests
{
    [Theory]
    [InlineData("CS8345", "last", "EventView last;")]
    [InlineData("CS8345", "Last", "EventView Last { get; set; }")]
    [InlineData("CS8345", "Last", "struct State { public EventView Last; }")]
    [InlineData("CS9110", "e", "class Late(EventView e) { string? Host => e.Host; }")]
    [InlineData("CS0029", "e", "Event? last; public override void On(EventView e) => last = e;")]
    [InlineData("CS0029", "e", "public override void On(EventView e) { object last = e; }")]
    [InlineData("CS1503", "e", "List<Event> kept = []; public override void On(EventView e) => kept.Add(e);")]
    [InlineData("CS9244", "EventView", "List<EventView> kept = [];")]
    [InlineData("CS9244", "Godot.EventView", "Dictionary<string, Godot.EventView> kept = [];")]
    [InlineData("CS9244", "EventView", "void M() { (EventView, int) kept; }")]
    [InlineData("CS9244", "EventView", "void M(EventView? e) { }")]
    [InlineData("CS9244", "e", "Task M(EventView e) => Task.FromResult(e);")]
    [InlineData("CS0611", "EventView", "EventView[] kept = [];")]
    [InlineData("CS9108", "e", "public override void On(EventView e) => After(TimeSpan.FromSeconds(1), () => Send(e));")]
    [InlineData("CS9108", "e", "public override void On(EventView e) { Late(); void Late() { Send(e); Send(e); } }")]
    [InlineData("CS9108", "e", "int M(EventView e) => (from n in new[] { 1 } where n == e.Metric select n).Count();")]
    [InlineData("CS8175", "changed", "void M(EventView e) { EventView changed = e; After(default, () => Send(changed)); }")]
    [InlineData("CS4012", "e", "async Task M(EventView e) => await Task.Yield();")]
    [InlineData("CS4012", "e", "Func<Event, Task> M() { return Late; async Task Late(EventView e) => await Task.Yield(); }")]
    public async Task Are_told_what_to_write_instead(string error, string of, string members)
    {
        Analyzed analyzed = Stage(members);

        Assert.Contains(error, analyzed.Errors);
        Assert.Equal([("GODOT006", of)], from told in await analyzed.Told() select (told.Rule, told.Of));
    }

    [Fact]
    public async Task Is_said_with_the_names_of_the_program() =>
        Assert.Equal(
            "An EventView is gone when the call returns. Keep an Event instead: Event kept = changed.ToEvent(); before, and kept in here.",
            Assert.Single(await Stage("void M(EventView changed) => After(TimeSpan.Zero, () => Send(changed));").Told()).Sentence);

    [Theory]
    [InlineData("Event? last; public override void On(EventView e) => last = e.ToEvent();")]
    [InlineData("List<object> kept = []; public override void On(EventView e) { kept.Add(e.ToEvent()); kept.Add(e.Metric ?? 0); }")]
    [InlineData("public override void On(EventView e) { Event kept = e.ToEvent(); After(TimeSpan.Zero, () => Send(kept)); }")]
    [InlineData("void M(EventView e) { After(TimeSpan.Zero, () => Wake(nameof(e))); void Wake(string name) { } }")]
    [InlineData("Func<EventView, bool> test = e => e.Metric > 1; Reactor M() => Reactor.Where(e => test(e)).Map(e => e);")]
    [InlineData("Reactor M() => Reactor.By(\"host\", host => host.Where(e => { EventView same = e; return same.Metric > 1; }));")]
    [InlineData("EventView Changed(EventView e) => e with { Metric = 1 }; Type M() => typeof(EventView);")]
    [InlineData("ref struct Look(EventView e) { EventView seen = e; string? Host => seen.Host; }")]
    [InlineData("class Late(EventView e) { readonly Event kept = e.ToEvent(); Event Kept => kept; }")]
    [InlineData("async Task M(Event e) { await Task.Yield(); EventView seen = e; Send(seen); }")]
    public async Task Are_not_kept_and_nothing_is_told(string members)
    {
        Analyzed analyzed = Stage(members);

        Assert.Empty(analyzed.Errors);
        Assert.Empty(await analyzed.Told());
    }

    // Everybody writes half a line before the other half.
    [Theory]
    [InlineData("public override void On(EventView e) => Nobody(e);")]
    [InlineData("public override void On(EventView e) => Nobody.Knows(e, () => 5);")]
    [InlineData("public override void On(EventView e) { int metric = e; }")]
    [InlineData("public override void On(EventView e) { Send(e")]
    public async Task Code_that_is_wrong_in_other_ways_is_left_to_the_compiler(string members)
    {
        Analyzed analyzed = Stage(members);

        Assert.NotEmpty(analyzed.Errors);
        Assert.Empty(await analyzed.Told());
    }

    static Analyzed Stage(string members)
    {
        string on = members.Contains("override", StringComparison.Ordinal) ? "" : "public override void On(EventView e) => Send(e);";
        return new($"class LateStage : Stage {{ {members} {on} }}");
    }
}
