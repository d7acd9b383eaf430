namespace Godot.Outputs.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Where_an_output_goes_is_not_filled_in_and_what_looks_so_is_refused()
    {
        const string sentence = "Email always goes to the same place: nothing is filled in for the braces of \"{meta.team}@host.com\". "
            + "Write the place itself, and where it depends on the event a branch for each: "
            + "Reactor.Where(Field.Meta(\"team\"), \"web\").Email(to: \"web@host.com\"). (Parameter 'to')";
        Assert.Equal(sentence, Assert.Throws<ArgumentException>("to", () => Reactor.Email(to: "{meta.team}@host.com")).Message);
        Assert.Throws<ArgumentException>("to", () => Reactor.Rollup(TimeSpan.FromMinutes(1)).Email(to: "a@host.com, {meta.team}@host.com"));
        Assert.Throws<ArgumentException>("to", () => Reactor.Sms("{meta.phone}"));
        Assert.Throws<ArgumentException>("to", () => Reactor.Forward("tcp://{host}:9876"));
        Assert.Throws<ArgumentException>("to", () => Reactor.Forward("unix:///run/{host}"));
        Assert.Throws<ArgumentException>("url", () => Reactor.Webhook("https://{host}/"));
        Assert.Throws<ArgumentException>("url", () => Reactor.Webhook("https://host.com/{team}"));
        ArgumentException query = Assert.Throws<ArgumentException>("url", () => Reactor.Webhook("https://host.com/?key=SECRET&to={team}"));
        Assert.DoesNotContain("SECRET", query.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("host", () => Reactor.Graphite("{host}"));
        Assert.Throws<ArgumentException>("prefix", () => Reactor.Graphite("carbon", prefix: "{meta.team}"));
        Assert.Throws<ArgumentException>("configuration", () => Reactor.Redis("{host}:6379", (_, _) => Task.CompletedTask));
        // A password may be anything.
        Reactor redis = Reactor.Redis("localhost:6379,password={x}", (_, _) => Task.CompletedTask);
        Assert.Equal("""Redis("localhost:6379", (_, _) => Task.CompletedTask)""", redis.ToString());
    }

    [Fact]
    public void The_way_that_the_sentence_shows_compiles() =>
        Assert.Equal(
            "Where(Field.Meta(\"team\"), \"web\").Email(\"web@host.com\")",
            Reactor.Where(Field.Meta("team"), "web").Email(to: "web@host.com").ToString());
}
