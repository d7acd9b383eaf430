using Godot.Common;
using Microsoft.Extensions.Hosting;

namespace Godot;

/// <summary>A mistake in a rule ends a server program with a sentence, not with a stack trace.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData("field", "\"servce\" is not a field of an event")]
    [InlineData("static", "\"servce\" is not a field of an event")]
    [InlineData("port", "70000 is not a port; ports are 0 to 65535.")]
    [InlineData("template", "\"servce\" at position 2 of \"{servce}\" is not a field")]
    [InlineData("to", "\"userhost\" is not an address")]
    [InlineData("query", "Expected a value")]
    [InlineData("number", "must be at least 1")]
    [InlineData("interval", "Email's interval must not be negative. It is -1000ms.")]
    [InlineData("outputPort", "Graphite's port must be from 1 to 65535. It is 0.")]
    [InlineData("topic", "A topic must not be empty.")]
    public async Task It_is_a_sentence_with_file_and_line_and_exit_code_1(string mistake, string sentence)
    {
        using Child program = Run(mistake, "check");

        Assert.Equal(1, await program.Exit());
        string error = Assert.Single(program.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"Mistakes\.cs:\d+: ", error);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Equal("", program.Output);
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData("null")]
    public async Task What_is_no_mistake_in_a_rule_ends_as_the_runtime_has_it(string mistake)
    {
        using Child program = Run(mistake, "check");

        Assert.NotEqual(1, await program.Exit());
        Assert.StartsWith("Unhandled exception.", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_said_where_in_the_program_it_is()
    {
        Exception thrown = Assert.ThrowsAny<ArgumentException>(() => Reactor.Where("servce", "cpu"));
        Assert.Matches(@"MistakeTests\.cs:\d+: ""servce"" is not a field of an event", Mistake.Tell(thrown));
        Assert.Matches(@"MistakeTests\.cs:\d+: ""servce"" is not a field of an event",
            Mistake.Tell(new TypeInitializationException("Rules", thrown)));
    }

    [Fact]
    public void What_other_code_throws_is_none()
    {
        Assert.Null(Mistake.Tell(Assert.Throws<ArgumentException>(void () => throw new ArgumentException("Not ours."))));
        Assert.Null(Mistake.Tell(Assert.Throws<FormatException>(() => int.Parse("a", System.Globalization.CultureInfo.InvariantCulture))));
        // Through a function of ours, but thrown by a user's.
        Assert.Null(Mistake.Tell(Assert.Throws<ArgumentException>(() => Reactor.By("host", Theirs))));
        Assert.Null(Mistake.Tell(new ArgumentException("Never thrown.")));
    }

    [Fact]
    public void A_program_with_a_generic_host_is_left_alone()
    {
        Assert.NotNull(typeof(Host).Assembly);
        Assert.False(Mistake.IsServerProgram());
    }

    static Reactor Theirs(Reactor reactor) => throw new ArgumentException($"Not ours: {reactor}.");

    static Child Run(params string[] args) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"), "mistake", .. args]);
}
