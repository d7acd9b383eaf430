using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Common;

namespace Godot.Tests;

public sealed class GlobTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("**", "a/b", true)]
    [InlineData("a*", "a", true)]
    [InlineData("a*", "ba", false)]
    [InlineData("*a", "ba", true)]
    [InlineData("*a", "ab", false)]
    [InlineData("*a*", "bab", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("?", "", false)]
    [InlineData("?", "a", true)]
    [InlineData("?", "😀", true)]
    [InlineData("??", "😀", false)]
    [InlineData("*?", "", false)]
    [InlineData("a?c*e", "abcde", true)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "a", false)]
    [InlineData(@"\?*", "?a", true)]
    [InlineData(@"\\", @"\", true)]
    [InlineData(@"a\", @"a\", true)]
    [InlineData("ä", "a\u0308", false)]
    public void A_pattern_matches_the_whole_text_or_not(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new Glob(pattern).Matches(text));

    [Fact]
    public void Many_stars_cost_no_more_than_text_times_pattern() =>
        Assert.False(new Glob(string.Concat(Enumerable.Repeat("*a?", 2000)) + "*b").Matches(new string('a', 60_000)));

    [Property(MaxTest = 2000)]
    public Property Matches_what_a_naive_matcher_does() => Prop.ForAll(
        Text("ab/😀*?\\").ToArbitrary(), Text("ab/😀*?").ToArbitrary(),
        (pattern, text) => new Glob(pattern).Matches(text) == Naive([.. pattern.EnumerateRunes()], [.. text.EnumerateRunes()]));

    static Gen<string> Text(string alphabet) =>
        Gen.Elements(alphabet.EnumerateRunes().Select(rune => rune.ToString())).ListOf().Select(string.Concat);

    static bool Naive(ReadOnlySpan<System.Text.Rune> pattern, ReadOnlySpan<System.Text.Rune> text)
    {
        if (pattern.IsEmpty) return text.IsEmpty;
        if (pattern[0].Value == '*') return Naive(pattern[1..], text) || (!text.IsEmpty && Naive(pattern, text[1..]));
        if (text.IsEmpty) return false;
        if (pattern[0].Value == '?') return Naive(pattern[1..], text[1..]);
        if (pattern[0].Value == '\\' && pattern.Length > 1) pattern = pattern[1..];
        return pattern[0] == text[0] && Naive(pattern[1..], text[1..]);
    }
}
