namespace Godot.Tests;

public sealed class TaggedTests
{
    static Event Of(string service, params string[] tags) => new() { Service = service, Tags = tags };

    static readonly Event[] Events =
        [Of("abc", "a", "b", "c"), Of("a", "a"), Of("b", "b"), Of("A", "A"), Of("a ,b", "a ", "b"), Of("none"), Of("ab", "ab"),
            Of("1", "1"), new() { Service = "no tags" }];

    [Fact]
    public void Tagged_passes_what_has_any_of_them() =>
        Reactors.Test(r => r.Tagged("b", "c")).Given(Events).Emits("abc", "b", "a ,b");

    [Fact]
    public void TaggedAll_passes_what_has_all_of_them() =>
        Reactors.Test(r => r.TaggedAll("a", "b")).Given(Events).Emits("abc");

    [Fact]
    public void Tags_are_compared_ordinally() =>
        Reactors.Test(r => r.Tagged("a", "1")).Given(Events).Emits("abc", "a", "1");

    [Fact]
    public void A_tag_may_be_called_all() =>
        Reactors.Test(r => r.Tagged("all", "b")).Given(Of("x", "all"), Of("y", "b")).Emits("x", "y");

    [Fact]
    public void No_tags_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.Tagged());
        Assert.Throws<ArgumentException>(() => Reactor.TaggedAll());
        Assert.Throws<ArgumentNullException>(() => Reactor.Tagged("a", null!));
    }
}
