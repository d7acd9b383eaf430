using Microsoft.Extensions.Logging.Abstractions;

namespace Godot.Tests;

public sealed class ConsoleTests
{
    static readonly Event Full = new()
    {
        Host = "host", Service = "app/cpu", State = "critical", Time = Sample.At(1.5), Metric = 93.5, Description = "too much",
        Tags = ["a", "b"],
    };

    static async Task<string> Print(Event e, Func<EventView, string>? line = null, bool colour = false) =>
        await Print(new Notification("r", [e]), line, colour);

    static async Task<string> Print(Notification notification, Func<EventView, string>? line = null, bool colour = false)
    {
        StringWriter writer = new() { NewLine = "\n" };
        await using ConsoleOutput output = new(writer, line, colour);
        await output.SendAsync([notification], CancellationToken.None);
        return writer.ToString();
    }

    [Fact]
    public async Task Prints_one_readable_line() =>
        Assert.Equal("2025-01-01 00:00:01.500Z critical app/cpu host 93.5 too much #a #b\n", await Print(Full));

    [Fact]
    public async Task Says_nothing_about_what_is_missing() =>
        Assert.Equal("2025-01-01 00:00:00.000Z -        - -\n", await Print(new Event { Time = Sample.At(0) }));

    [Fact]
    public async Task Prints_what_a_function_says() => Assert.Equal("host: 93.5\n", await Print(Full, e => $"{e.Host}: {e.Metric}"));

    [Fact]
    public async Task A_function_that_throws_is_not_asked_again_for_ever() =>
        Assert.Contains("odd",
            (await Assert.ThrowsAsync<UndeliverableException>(() => Print(Full, _ => throw new FormatException("odd")))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Has_the_colour_of_the_state_on_a_terminal()
    {
        Assert.Equal("\e[31mhost\e[0m\n", await Print(Full, e => e.Host!, colour: true));
        Assert.Equal("host\n", await Print(Full with { State = "odd" }, e => e.Host!, colour: true));
    }

    [Fact]
    public async Task Prints_a_line_for_each_incident_of_an_alert()
    {
        Notification alert = Alert();
        Assert.Equal(
            "2025-01-01 00:00:01.500Z opened critical app/cpu host: 93.5 too much (late: silenced by ann)\n"
            + "2025-01-01 00:35:01.500Z resolved after 35 min critical app/cpu host (by hand: ann): fine␊again\n",
            await Print(alert));
        Assert.Equal("\e[31m93.5\e[0m\n\e[32m93.5\e[0m\n", await Print(alert, e => $"{e.Metric}", colour: true));
        Assert.Equal(await Print(alert), new ConsoleOutputRecipe(null).Preview(alert) + "\n");
    }

    static Notification Alert()
    {
        Incident incident = new()
        {
            Id = "1", Reactor = "cpu", Step = "alert", Key = [new("host", "host"), new("service", "app/cpu")], Episode = 1,
            Severity = "critical", Opening = Full, Latest = Full, Opened = Sample.At(1.5),
        };
        Notice[] notices =
        [
            new(Transition.Opened, incident) { HeldBack = "silenced by ann" },
            new(Transition.Resolved, incident with { Lasted = TimeSpan.FromMinutes(35), Ended = "by hand: ann" }) { Text = "fine\nagain" },
        ];
        return new Notification("cpu", [Full, Full]) { Kind = NotificationKind.Alert, Notices = notices };
    }

    [Theory]
    [InlineData("\e[2J", "␛[2J")]
    [InlineData("a\r\nb\tc\0", "a␍␊b␉c␀")]
    [InlineData("\u007F\u009B31m", "␡\uFFFD31m")]
    [InlineData("user\u202Etxt.exe\u2066\u2028", "user\uFFFDtxt.exe\uFFFD\uFFFD")]
    [InlineData("grüße 😀 \u05D0", "grüße 😀 \u05D0")]
    public async Task What_a_terminal_would_act_upon_is_printed_as_a_symbol(string description, string printed)
    {
        Event e = Full with { Host = description, Description = description, Tags = [description] };
        Assert.Equal($"2025-01-01 00:00:01.500Z critical app/cpu {printed} 93.5 {printed} #{printed}\n", await Print(e));
        Assert.Equal(printed + "\n", await Print(e, view => view.Host!));
    }

    [Fact]
    public void Passes_events_and_batches_on()
    {
        Reactors.Test(r => r.Console().Over(1)).Given(1, 2).Emits(2d);
        ReactorTest test = Reactors.Test(r => r.Rollup(Sample.Seconds(1)).Console()).Given("a", "b").After(1).EmitsBatches(["a", "b"]);
        Assert.Equal(2, test.Sent.Single().Events.Count);
    }

    [Fact]
    public void Its_preview_is_what_it_would_print_and_throws_what_the_function_throws()
    {
        Notification both = new("r", [Full, new Event { Time = Sample.At(0), Host = "\e[2J" }]);
        Assert.Equal("2025-01-01 00:00:01.500Z critical app/cpu host 93.5 too much #a #b\n2025-01-01 00:00:00.000Z -        - ␛[2J",
            new ConsoleOutputRecipe(null).Preview(both));
        Assert.Throws<FormatException>(() => new ConsoleOutputRecipe(_ => throw new FormatException("odd")).Preview(both));
    }

    [Fact]
    public void Opens_on_the_standard_output() =>
        Assert.IsType<ConsoleOutput>(
            new ConsoleOutputRecipe(null).Open(new OutputContext(TimeProvider.System, NullLoggerFactory.Instance, null)));
}
