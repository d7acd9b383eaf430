using Godot.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

public class TerminalLoggerTests
{
    static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    [Theory]
    [InlineData(LogLevel.Information, "2026-01-02 03:04:05.678 info  text")]
    [InlineData(LogLevel.Warning, "2026-01-02 03:04:05.678 warn  text")]
    [InlineData(LogLevel.Error, "2026-01-02 03:04:05.678 error text")]
    [InlineData(LogLevel.Debug, "")]
    public void A_line_is_time_level_message(LogLevel level, string line) => Assert.Equal(line, Write(false, level, "text"));

    [Fact]
    public void Warnings_and_errors_are_coloured_on_a_terminal() =>
        Assert.Equal("2026-01-02 03:04:05.678 \e[31merror\e[0m text", Write(true, LogLevel.Error, "text"));

    [Fact]
    public void What_a_terminal_would_obey_is_shown_instead() =>
        Assert.Equal("2026-01-02 03:04:05.678 info  a␛[2Jb␊c", Write(false, LogLevel.Information, "a\e[2Jb\nc"));

    [Fact]
    public void An_exception_stands_below_indented()
    {
        string text = Write(false, LogLevel.Error, "text", new InvalidOperationException("first\nsecond\e[2J"));

        Assert.Equal("2026-01-02 03:04:05.678 error text\n    System.InvalidOperationException: first\n    second␛[2J", text);
    }

    [Fact]
    public void Of_libraries_below_only_warnings_are_shown()
    {
        StringWriter output = new();
        ILogger logger = new TerminalLogger(output, Clock, false).CreateLogger("Microsoft.AspNetCore.Server.Kestrel");

        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    static string Write(bool coloured, LogLevel level, string message, Exception? e = null)
    {
        StringWriter output = new();
        new TerminalLogger(output, Clock, coloured).CreateLogger("x").Log(level, default, message, e, (text, _) => text);
        return output.ToString().ReplaceLineEndings("\n").TrimEnd('\n');
    }
}
