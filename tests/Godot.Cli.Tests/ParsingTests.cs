namespace Godot.Cli.Tests;

public class ParsingTests
{
    [Theory]
    [InlineData("k=1", MetaKind.Number, "1")]
    [InlineData("k=-1.50", MetaKind.Number, "-1.5")]
    [InlineData("k=1e3", MetaKind.Number, "1000")]
    [InlineData("k=9007199254740993", MetaKind.Number, "9007199254740993")]
    [InlineData("k=true", MetaKind.Boolean, "true")]
    [InlineData("k=false", MetaKind.Boolean, "false")]
    [InlineData("k=True", MetaKind.Text, "True")]
    [InlineData("k=", MetaKind.Text, "")]
    [InlineData("k=a=b", MetaKind.Text, "a=b")]
    [InlineData("k=007", MetaKind.Text, "007")]
    [InlineData("k=0.5", MetaKind.Number, "0.5")]
    [InlineData("k=1.", MetaKind.Text, "1.")]
    [InlineData("k=.5", MetaKind.Text, ".5")]
    [InlineData("k=+49", MetaKind.Text, "+49")]
    [InlineData("k=1.2.3", MetaKind.Text, "1.2.3")]
    [InlineData("k=--1", MetaKind.Text, "--1")]
    [InlineData("k=1e999", MetaKind.Text, "1e999")]
    [InlineData("k=NaN", MetaKind.Text, "NaN")]
    public void A_value_of_meta_is_what_JSON_would_take_it_for(string text, MetaKind kind, string value)
    {
        (string key, MetaValue parsed) = Parsing.Meta(text);

        Assert.Equal(("k", kind, value), (key, parsed.Kind, parsed.ToString()));
    }

    [Theory]
    [InlineData("15s", 15)]
    [InlineData("500ms", 0.5)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86_400)]
    [InlineData("2.5", 2.5)]
    [InlineData("0", 0)]
    public void A_time_span_has_a_unit_or_is_seconds(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Parsing.Duration(text));

    [Theory]
    [InlineData("1700000000.5", "2023-11-14T22:13:20.5Z")]
    [InlineData("-1.5", "1969-12-31T23:59:58.5Z")]
    [InlineData("1700000000500", "2023-11-14T22:13:20.5Z")]
    [InlineData("1700000000500000", "2023-11-14T22:13:20.5Z")]
    [InlineData("1700000000500000000", "2023-11-14T22:13:20.5Z")]
    [InlineData("2023-11-14T22:13:20.5Z", "2023-11-14T22:13:20.5Z")]
    [InlineData("2023-11-14 22:13:20", "2023-11-14T22:13:20Z")]
    [InlineData("2023-11-14T23:13:20+01:00", "2023-11-14T22:13:20Z")]
    public void A_time_is_a_number_as_on_the_wire_or_a_date(string text, string time) =>
        Assert.Equal(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Parsing.Time(text));

    [Theory]
    [InlineData("--meta", "novalue")]
    [InlineData("--meta", "=1")]
    [InlineData("--metric", "NaN")]
    [InlineData("--metric", "1,5")]
    [InlineData("--ttl", "-1")]
    [InlineData("--ttl", "5parsec")]
    [InlineData("--ttl", "")]
    [InlineData("--time", "yesterday")]
    [InlineData("--time", "1e300")]
    [InlineData("--to", "localhost")]
    public async Task What_is_not_understood_is_quoted(string option, string value)
    {
        Tool tool = await Tool.RunAsync(["send", option, value]);

        Assert.Equal(2, tool.Code);
        Assert.StartsWith($"'{value}' is not a", tool.Error, StringComparison.Ordinal);
    }
}
