namespace Godot;

/// <summary>Constants that a program is refused for at its start.</summary>
public class ConstantTests
{
    [Theory]
    [InlineData("""Reactor.Where("servce", "cpu")""", "GODOT001", "\"servce\"")]
    [InlineData("""Reactor.Where(("service", "cpu"), ("hots", "a"))""", "GODOT001", "\"hots\"")]
    [InlineData("""Reactor.Over(1).WhereNot("meta", "cpu")""", "GODOT001", "\"meta\"")]
    [InlineData("""Reactor.By("hsot", host => host.Over(1))""", "GODOT001", "\"hsot\"")]
    [InlineData("""Reactor.By(["host", "servce"], one => one.Over(1))""", "GODOT001", "\"servce\"")]
    [InlineData("""Reactor.By("host", host => host.Change("stat"))""", "GODOT001", "\"stat\"")]
    [InlineData("""Reactor.Where(Field.Member("service"), "cpu")""", "GODOT001", "\"service\"")]
    [InlineData("""Reactor.Email("ops@host.com", "{servce} is {state}")""", "GODOT002", "\"{servce} is {state}\"")]
    [InlineData("""Reactor.Over(1).Email("ops@host.com", body: "{state")""", "GODOT002", "\"{state\"")]
    [InlineData("""Reactor.Rollup(TimeSpan.FromMinutes(1)).Email(subject: "}", to: "ops@host.com")""", "GODOT002", "\"}\"")]
    [InlineData("""Reactor.Email("userhost")""", "GODOT003", "\"userhost\"")]
    [InlineData("""Reactor.Email("ops@host.com, dev")""", "GODOT003", "\"ops@host.com, dev\"")]
    [InlineData("""Reactor.Email("{meta.team}@host.com")""", "GODOT003", "\"{meta.team}@host.com\"")]
    [InlineData("""Reactor.Sms("555 0100")""", "GODOT003", "\"555 0100\"")]
    [InlineData("""Reactor.Sms("{meta.phone}")""", "GODOT003", "\"{meta.phone}\"")]
    [InlineData("""Reactor.Forward("other:9876")""", "GODOT003", "\"other:9876\"")]
    [InlineData("""Reactor.Forward("tcp://other:0")""", "GODOT003", "\"tcp://other:0\"")]
    [InlineData("""Reactor.Forward("http://other:9876")""", "GODOT003", "\"http://other:9876\"")]
    [InlineData("""Reactor.Rollup(TimeSpan.FromMinutes(1)).Forward("unix:///run/{host}")""", "GODOT003", "\"unix:///run/{host}\"")]
    [InlineData("""Reactor.Graphite("{host}")""", "GODOT003", "\"{host}\"")]
    [InlineData("""Reactor.Graphite("carbon", prefix: "{meta.team}")""", "GODOT003", "\"{meta.team}\"")]
    [InlineData("""GodotServer.Tcp(9876, "my-host")""", "GODOT003", "\"my-host\"")]
    [InlineData("""GodotServer.Tcp(9876).Http("localhost")""", "GODOT003", "\"localhost\"")]
    [InlineData("""GodotServer.Tcp(70_000)""", "GODOT004", "70_000")]
    [InlineData("""GodotServer.Tcp(9876).Udp(port: -1)""", "GODOT004", "-1")]
    [InlineData("""GodotClient.Tcp("localhost", 0)""", "GODOT004", "0")]
    [InlineData("""GodotClient.Udp("localhost", 65_536)""", "GODOT004", "65_536")]
    [InlineData("""Reactor.Graphite("carbon", 0)""", "GODOT004", "0")]
    [InlineData("""Reactor.Where("service", 5)""", "GODOT005", "5")]
    [InlineData("""Reactor.Where(Field.State, Matcher.When(x => x > 5.0))""", "GODOT005", "Matcher.When(x => x > 5.0)")]
    [InlineData("""Reactor.Where(("metric", 5), ("host", 5m))""", "GODOT005", "5m")]
    [InlineData("""Reactor.Where("metric", true)""", "GODOT005", "true")]
    [InlineData("""Reactor.Change("state", from: "ok", to: 5)""", "GODOT005", "5")]
    public async Task Is_told_in_the_words_of_the_program_s_start(string expression, string rule, string of)
    {
        Analyzed analyzed = Analyzed.Expression(expression);
        Assert.Empty(analyzed.Errors);
        (string Rule, string Of, string Sentence) told = Assert.Single(await analyzed.Told());

        Assert.Equal((rule, of), (told.Rule, told.Of));
        Assert.StartsWith(Assert.IsType<string>(analyzed.Refusal()), told.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""Reactor.Where("service", "*/health/?").Where(Field.Meta("servce"), 5).WhereNot(Field.Member("servce"), true)""")]
    [InlineData("""Reactor.Where(("service", "cpu"), ("metric", 5), (Field.Meta("up"), true)).Change("metric", to: 5)""")]
    [InlineData("""Reactor.By(["host", Field.Meta("servce")], one => one.Where("service", Matcher.When(text => text.Length > 5)))""")]
    [InlineData("""Reactor.Email("ops@host.com, dev@host.com", "{service} is {{not}} {meta.team}", "{reactor}", TimeSpan.Zero)""")]
    [InlineData("""Reactor.Email("\"Ops, all of them\" <ops@host.com>").Email("ops@localhost").Email("ops@host.com", null)""")]
    [InlineData("""Reactor.Sms("+15550100, +15550101")""")]
    [InlineData("""Reactor.Forward("udp://[::1]:9876").Forward("tcp://other").Forward("unix:///run/godot.sock")""")]
    [InlineData("""Reactor.Graphite("carbon", 65_535, "")""")]
    [InlineData("""GodotServer.Tcp(0, "127.0.0.1").Udp(65_535, "::1").Tcp(1, "localhost")""")]
    [InlineData("""GodotServer.Tcp(0).Http("9877").Http("[::1]:0").Http("localhost:1")""")]
    [InlineData("""GodotClient.Tcp("localhost", 65_535)""")]
    public async Task Is_right_and_nothing_is_told(string expression)
    {
        Analyzed analyzed = Analyzed.Expression(expression);

        Assert.Empty(await analyzed.Told());
        Assert.Null(analyzed.Refusal());
    }

    [Theory]
    [InlineData("servce", " Did you mean \"service\"?")]
    [InlineData("hsot", " Did you mean \"host\"?")]
    [InlineData("Service", " Did you mean \"service\"?")]
    [InlineData("up", "")]
    [InlineData("customer", "")]
    public async Task The_nearest_name_is_told_where_there_is_one(string name, string meant)
    {
        string sentence = Assert.Single(await Analyzed.Expression($"""Reactor.Where("{name}", "cpu")""").Told()).Sentence;

        Assert.EndsWith($" Field.Member(\"{name}\") for a member of the event's JSON.{meant}", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constant_of_a_name_is_one_too_and_a_variable_is_not()
    {
        const string Class = """
            static class Rules
            {
                const string Name = "serv" + "ce";
                static int port = 70_000;

                static Reactor Constant() => Reactor.Where(Name, "cpu");

                static Reactor Variable(string field, string to)
                {
                    string address = "nobody";
                    return Reactor.Where(field, "cpu").Email(to, subject: to).Email(address);
                }

                static GodotServer Port() => GodotServer.Tcp(port);
            }
            """;

        Assert.Equal([("GODOT001", "Name")], from told in await new Analyzed(Class).Told() select (told.Rule, told.Of));
    }

    [Fact]
    public async Task Verbs_and_fields_of_others_are_theirs()
    {
        const string Class = """
            namespace Theirs
            {
                public sealed class Field { public static implicit operator Field(string name) => new(); }

                public static class Verbs
                {
                    public static Reactor Where(Field field) => Reactor.Email("ops@host.com");
                    public static Reactor Email(string to) => Where("servce");
                    public static Reactor Both(int port) => Email("nobody");
                    public static GodotServer React(Recipe recipe) => React(Tcp(70_000));
                    public static Reactor Tcp(int port) => Both(port);
                }
            }
            """;
        Analyzed analyzed = new(Class);

        Assert.Empty(analyzed.Errors);
        Assert.Empty(await analyzed.Told());
    }

    // All texts of up to five of these characters: where the analyzer says that one is not an address, the program is refused.
    [Fact]
    public void What_is_called_no_mail_address_is_none()
    {
        const string Letters = "a@., \t";
        List<string> texts = [""], last = texts;
        for (int length = 1; length <= 5; length++)
            texts.AddRange(last = [.. last.SelectMany(text => Letters.Select(letter => text + letter))]);

        Assert.Equal([], texts.Where(text => Analyzers.MailAddresses.Refusal(text) is not null && !IsRefused(text)));
    }

    static bool IsRefused(string to)
    {
        try
        {
            _ = Reactor.Email(to);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
