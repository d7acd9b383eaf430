using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Godot.Common;

namespace Godot.Tests;

public class PlainTextTests
{
    [Theory]
    [InlineData("pass\u200Bword", "pass\uFFFDword", "password")]
    [InlineData("a\u200E\u200F\u202E\u2066\u2069\u061Cb", "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb", "ab")]
    [InlineData("\uFEFFcpu\u00AD\u2060\u180E", "\uFFFDcpu\uFFFD\uFFFD\uFFFD", "cpu")]
    [InlineData("cpu\U000E0041\U000E007F\U000E01EF", "cpu\uFFFD\uFFFD\uFFFD", "cpu")]
    [InlineData("\u3164\u115F\uFFA0\u034F", "\uFFFD\uFFFD\uFFFD\uFFFD", "")]
    [InlineData("a\r\n\u0085\u2028\e[2J\u009Bm", "a␍␊\uFFFD\uFFFD␛[2J\uFFFDm", "a     [2J m")]
    [InlineData("👩\u200D💻", "👩\uFFFD💻", "👩💻")]
    [InlineData("⚠\uFE0F hot\uFE0F\uFE0E\uFE0F", "⚠\uFE0F hot\uFE0F\uFFFD\uFFFD", "⚠\uFE0F hot\uFE0F")]
    [InlineData("grüße 北京 हिन्दी 😀 \u05D0", "grüße 北京 हिन्दी 😀 \u05D0", "grüße 北京 हिन्दी 😀 \u05D0")]
    public void What_would_be_acted_upon_or_not_be_seen_does_not_pass(string text, string printed, string line)
    {
        Assert.Equal(printed, PlainText.Printable(text));
        Assert.Equal(line, PlainText.Line(text));
    }

    [Fact]
    public void Half_of_a_pair_is_shown_as_unknown()
    {
        Assert.Equal("a\uFFFDb\uFFFD", PlainText.Printable("a\ud800b\udc00"));
        Assert.Equal("a\uFFFDb\uFFFD", PlainText.Line("a\ud800b\udc00"));
    }

    [Fact]
    public void Lines_keep_their_ends() => Assert.Equal("a\nb\n c", PlainText.Lines("a\r\nb\u200B\n\tc"));

    [Fact]
    public void JSON_on_a_terminal_is_the_same_JSON() =>
        Assert.Equal(
            """{"service":"a\u200b\udb40\udc41\u009b", "b":"ü"}""" + "\n",
            PlainText.Json("{\"service\":\"a\u200B\U000E0041\u009B\",\t\"b\":\"ü\"}\n"));

    [Property]
    public void Nothing_invisible_passes_whatever_it_stands_between(char[] some, int[] others)
    {
        StringBuilder all = new();
        foreach (char c in some) all.Append(c);
        foreach (int other in others)
            all.Append((Rune.IsValid(other & 0xFFFFF) ? new Rune(other & 0xFFFFF) : new Rune(0xE0001)).ToString());
        string text = all.ToString();

        string lines = PlainText.Lines(text).Replace("\n", "", StringComparison.Ordinal);
        foreach (string shown in (string[])[PlainText.Printable(text), PlainText.Line(text), lines])
        {
            for (int i = 0; i < shown.Length; i += char.IsHighSurrogate(shown[i]) ? 2 : 1)
            {
                UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(shown, i);
                Assert.NotInRange((int)category, (int)UnicodeCategory.LineSeparator, (int)UnicodeCategory.Surrogate);
            }
        }
        string json = JsonSerializer.Serialize(text, Json);
        Assert.Equal(JsonSerializer.Deserialize<string>(json), JsonSerializer.Deserialize<string>(PlainText.Json(json)));
    }

    // What is not ASCII stays as it is, as in events.
    static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
