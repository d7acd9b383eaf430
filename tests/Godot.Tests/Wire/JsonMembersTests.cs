using Godot.Events;

namespace Godot.Tests.Wire;

public class JsonMembersTests
{
    [Theory]
    [InlineData("prod", true)]
    [InlineData("pro", false)]
    [InlineData("a\"b", true)]
    [InlineData("é", true)]
    [InlineData("", false)]
    [InlineData("\U0001F680", true)]
    [InlineData("\uFFFD", true)]
    public void A_tag_is_found_by_what_it_means(string tag, bool found) =>
        Assert.Equal(found, ((EventView)Event.Parse("""{"tags":["prod" , "a\"b","\u00e9","\ud83d\ude80","\ud800"]}""")).HasTag(tag));

    [Theory]
    [InlineData("""{"service":"godot/silence"}""", true)]
    [InlineData("""{ "metric": 1, "service" : "\u0067odot\/x"}""", true)]
    [InlineData("""{"service":"godot/"}""", true)]
    [InlineData("""{"service":"godot"}""", false)]
    [InlineData("""{"service":"Godot/silence"}""", false)]
    [InlineData("""{"service":"\u0067odet/x"}""", false)]
    [InlineData("""{"service":""}""", false)]
    [InlineData("""{"host":"godot/silence"}""", false)]
    public void A_service_of_the_monitors_own_is_refused_from_outside_and_read_from_a_recording(string line, bool reserved)
    {
        foreach (bool strict in (bool[])[false, true])
        {
            Lines read = Lines.Read($"[{{}},{line},{{}}]", WireLimits.Default with { FromOutside = true, Strict = strict });
            Assert.Equal(reserved ? ["reserved"] : [], read.Rejects);
            Assert.Equal(reserved ? 2 : 3, read.Events.Count);
        }
        Assert.Single(Lines.Read(line).Events);
    }

    [Fact]
    public void Looking_for_a_tag_allocates_nothing()
    {
        EventView e = Event.Parse("""{"tags":["prod","a\"b","\u00e9"]}""");
        e.HasTag("é");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(e.HasTag("é"));
        Assert.False(e.HasTag("other"));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_long_tag_is_found_too()
    {
        string tag = new('é', 2000);
        EventView e = new Event { Tags = [new string('a', 2000), tag] };
        Assert.True(e.HasTag(tag));
        Assert.False(e.HasTag(tag + "é"));
    }

    [Fact]
    public void Meta_keeps_its_types_and_digits()
    {
        Event e = Event.Parse("""{"meta":{"t":"a\n","n":1.50,"b":true,"f":false,"z":null,"o":{"x":[1, 2]},"l":[],"n\u0032":1e5}}""");
        Assert.Equal(MetaKind.Text, e.Meta["t"].Kind);
        Assert.Equal("a\n", e.Meta["t"].Text);
        Assert.Equal(1.5, e.Meta["n"].Number);
        Assert.Equal("1.50", e.Meta["n"].ToString());
        Assert.True(e.Meta["b"].Boolean);
        Assert.False(e.Meta["f"].Boolean);
        Assert.Equal(MetaKind.Null, e.Meta["z"].Kind);
        Assert.Equal("""{"x":[1, 2]}""", e.Meta["o"].ToString());
        Assert.Equal("[]", e.Meta["l"].ToString());
        Assert.Equal(100_000, e.Meta["n2"].Number);
        Assert.Equal(8, e.Meta.Count);
    }

    [Fact]
    public void A_member_is_found_by_what_its_name_means_and_the_last_one_wins()
    {
        Event e = Event.Parse("""{"host":"a","\u0078":1,"y":{"x":3},"x":2}""");
        Assert.Equal(2, e.Member("x").Number);
        Assert.Equal("""{"x":3}""", e.Member("y").ToString());
        Assert.Equal(MetaKind.Missing, e.Member("z").Kind);
        Assert.Equal(MetaKind.Missing, e.Member("host").Kind);
    }

    [Fact]
    public void Numbers_in_meta_are_equal_as_numbers_and_others_as_text()
    {
        Assert.Equal(Event.Parse("""{"meta":{"a":1.50}}"""), Event.Parse("""{"meta":{"a":15e-1}}"""));
        Assert.NotEqual(Event.Parse("""{"meta":{"a":1e400}}"""), Event.Parse("""{"meta":{"a":1e401}}"""));
        Assert.NotEqual(Event.Parse("""{"meta":{"a":1}}"""), Event.Parse("""{"meta":{"a":"1"}}"""));
        Assert.NotEqual(Event.Parse("""{"meta":{"a":null}}"""), Event.Parse("""{"meta":{}}"""));
    }
}
