using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Common;

namespace Godot.Tests;

/// <summary>
/// Whoever writes the text: a match ends soon. Figures are generous, since the machine may be busy; without limits these take ages.
/// </summary>
public sealed partial class BoundedRegexTests
{
    static readonly string Evil = new string('a', 28) + "!", Long = new('a', 60_000);

    [GeneratedRegex("^(a+)+$", RegexOptions.IgnoreCase)]
    private static partial Regex Generated();

    public static TheoryData<Regex> Linear => new()
    {
        new Regex("^(a+)+$"),
        new Regex("^(a+)+$", RegexOptions.Compiled | RegexOptions.IgnoreCase),
        new Regex("(a|aa)+b", RegexOptions.Singleline, TimeSpan.FromSeconds(10)),
        Generated(),
        new Regex(@"^(?:\d{1,3}\.){3}\d{1,3}$"),
        new Regex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
        new Regex("a[ab]{500}c"),
        new Regex("^(" + string.Join('|', Enumerable.Range(0, 90).Select(i => $"host{i}")) + ")$"),
    };

    [Theory]
    [MemberData(nameof(Linear))]
    public void What_can_be_is_built_without_backtracking(Regex regex)
    {
        BoundedRegex bounded = new(regex);
        Assert.True(bounded.IsLinear);
        if (regex.ToString().StartsWith('^') || regex.ToString().EndsWith('b')) Assert.False(bounded.IsMatch(Evil));
    }

    public static TheoryData<Regex> Others => new()
    {
        new Regex("^(?=a)(a+)+$"),
        new Regex(@"^(a+)+\1$", RegexOptions.Compiled),
        new Regex("^(a+)+$", RegexOptions.RightToLeft),
        new Regex("^(a+)+$", RegexOptions.ECMAScript),
        new Regex(string.Concat(Enumerable.Repeat("(a?", 25)) + string.Concat(Enumerable.Repeat(")?", 25)) + "x"),
        new Regex(string.Concat(Enumerable.Repeat("(a??b??", 20)) + string.Concat(Enumerable.Repeat(")*?", 20)) + "x"),
        new Regex(@"(?:\w{0,200} ?){0,20}x"),
        new Regex(string.Concat(Enumerable.Range(0, 300).Select(i => $"[\\u{0x400 + (i * 2):x4}-\\u{0x400 + (i * 3):x4}]?")) + "x"),
        new Regex(string.Concat(Enumerable.Range(0, 1000).Select(i => (char)(0x4e00 + i)))),
        new Regex("(?x) ( # )\n a? ){500} x"),
        new Regex("( # [\n a? ){500} x", RegexOptions.IgnorePatternWhitespace),
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_cannot_be_or_would_be_large_has_the_limit(Regex regex)
    {
        BoundedRegex bounded = new(regex);
        Assert.False(bounded.IsLinear);
        foreach (string text in new[] { Evil, Long, Long + "!" })
        {
            long begin = TimeProvider.System.GetTimestamp();
            try
            {
                bounded.IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
            }
            Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0, 2);
        }
    }

    [Fact]
    public void A_match_that_took_too_long_says_what_to_change()
    {
        RegexMatchTimeoutException late =
            Assert.Throws<RegexMatchTimeoutException>(() => new BoundedRegex(new Regex("^(?=a)(a+)+$")).IsMatch(Evil));
        Assert.Equal(
            "The regular expression \"^(?=a)(a+)+$\" took longer than 10 ms for a text of 29 characters; write it without looking around, "
                + "back-references and atomic groups, "
            + "and with fewer repetitions inside of others, so that it need not backtrack.", late.Message);
        Assert.Contains("took longer than 10 ms for a text of 60000 characters; let it repeat less, or compare a shorter text.",
            Assert.Throws<RegexMatchTimeoutException>(() => new BoundedRegex(new Regex("a[ab]{900}c")).IsMatch(Long)).Message,
            StringComparison.Ordinal);
        Assert.Contains("longer than 2 ms", Assert.Throws<RegexMatchTimeoutException>(() =>
            new BoundedRegex(new Regex("^(?=a)(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(2))).IsMatch(Evil)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_strangers_expression_is_linear_or_none()
    {
        Assert.True(BoundedRegex.OfStranger("^(a+)+$", new())!.IsLinear);
        foreach (Regex regex in Others.Select(row => (Regex)row.Data)
            .Where(regex => regex.Options is RegexOptions.None or RegexOptions.Compiled))
            Assert.Null(BoundedRegex.OfStranger(regex.ToString(), new()));
        Assert.ThrowsAny<ArgumentException>(() => BoundedRegex.OfStranger(new string('(', 1000), new()));
    }

    [Theory]
    [InlineData("a{2000}", true)]
    [InlineData("a{,2000}", true)]
    [InlineData("a{1,20}{1,20}", false)]
    [InlineData("(a{1,40}b){1,40}", true)]
    [InlineData("((((((a?)*)*)*)*)*)*", true)]
    [InlineData("(a|b)*(c|d)+?(e)??", false)]
    [InlineData("[]{2000}]*[^][{2000}]+", false)]
    [InlineData("[a-z-[aeiou]]{200}", false)]
    [InlineData("(?#())a", true)]
    [InlineData("(?i-s:a)(?<name>b)(?=c)", false)]
    [InlineData("(?i-X:a)", true)]
    [InlineData(@"\(\[a{3}\\", false)]
    [InlineData("a{", false)]
    [InlineData("(", false)]
    [InlineData(@"\", false)]
    [InlineData("[", false)]
    [InlineData(")))*", false)]
    public void What_it_weighs_is_estimated_and_no_pattern_is_too_odd(string pattern, bool isTooMuch) =>
        Assert.Equal(isTooMuch, RegexWeight.IsTooMuch(pattern));

    static readonly Gen<string> Patterns =
        Gen.Elements("a", "b", "(", ")", "|", "*", "?", "+", "{0,3}", "{2}", "[ab]", ".", "^", "$", "\\b", "(?:", "(a|b)").ArrayOf(12)
        .Select(string.Concat);

    static readonly Gen<string> Texts = Gen.Elements("a", "b", "ab", "c", "\n", "").ArrayOf(8).Select(string.Concat);

    [Property(MaxTest = 1000)]
    public Property It_says_what_the_expression_says_as_it_was_given() =>
        Prop.ForAll(Patterns.ToArbitrary(), Texts.ToArbitrary(), (pattern, text) =>
    {
        Regex given;
        try
        {
            given = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return true;
        }
        bool said;
        try
        {
            said = given.IsMatch(text);
        }
        catch (OverflowException)
        {
            // The framework's own mistake, with (()+?)^||^a{0,3} for one: empty repetitions fill its stack for ever.
            return true;
        }
        return new BoundedRegex(given).IsMatch(text) == said;
    });
}
