using Godot.Common;

namespace Godot.Tests;

/// <summary>When two values are one, to whatever verb or query asks: by kind and, of numbers, by all digits.</summary>
public sealed class IdentityTests
{
    const long Id = 8121069193333309404, Other = 8121069193333309389;

    static readonly Field Device = Field.Meta("device");

    static Event Of(string device, double metric = 1) =>
        Event.Parse($$"""{"host":"h","service":"s","metric":{{RecipeText.Of(metric)}},"meta":{"device":{{device}}},"device":{{device}}}""");

    static string[] Devices(ReactorTest test) =>
        [.. test.Emitted.SelectMany(emission => emission.Events).Select(e => e.Meta["device"].ToString())];

    static readonly Event[] Written = [Of($"{Id}"), Of($"{Other}"), Of($"{Id}.0"), Of($"{Id}0e-1"), Of($"\"{Id}\"")];

    [Fact]
    public void By_keeps_ids_of_19_digits_apart()
    {
        ReactorTest test = Reactors.Test(r => r.By(Device, s => s.Sum()))
            .Given(Of($"{Id}", 1), Of($"{Other}", 10), Of($"{Id}.0", 100), Of($"\"{Id}\"", 1000));
        test.Restart()
            .Given(Of($"{Other}e0", 20), Of($"{Id}e0", 200), Of("5", 1), Of("5.0", 2), Of("50e-1", 4), Of("1e400", 1), Of("1e401", 1),
                Of("10e399", 1), Of("0", 1), Of("-0.0", 1));
        Assert.Equal([1, 10, 101, 1000, 30, 301, 1, 3, 7, 1, 1, 2, 1, 2],
            [.. test.Emitted.Select(emission => emission.Events[0].Metric!.Value)]);
    }

    [Fact]
    public void Change_Runs_and_Stable_look_at_all_digits_after_a_restart_too()
    {
        Event[] events =
            [Of($"{Id}"), Of($"{Id}.0"), Of($"{Other}"), Of($"{Other}"), Of($"\"{Other}\""), Of("true"), Of("\"true\""), Of("true"),
                Of("[1]"), Of("\"[1]\""), Of("1e400"), Of("1e401")];
        ReactorTest change = Reactors.Test(r => r.Change(Device)), runs = Reactors.Test(r => r.Runs(2, Device)),
            stable = Reactors.Test(r => r.Stable(Sample.Seconds(1), Device));
        foreach (Event e in events)
        {
            change.Restart().Given(e);
            runs.Restart().Given(e);
            stable.Restart().After(0.6).Given(e);
        }
        Assert.Equal([$"{Other}", $"{Other}", "true", "true", "true", "[1]", "[1]", "1e400", "1e401"], Devices(change));
        Assert.Equal([$"{Id}.0", $"{Other}"], Devices(runs));
        Assert.Equal([$"{Id}", $"{Id}.0", $"{Other}", $"{Other}"], Devices(stable));
        Reactors.Test(r => r.Change(Device, to: Other)).Given(events).Emits(1);
    }

    [Fact]
    public void DistinctCount_counts_numbers_and_not_how_they_are_written() =>
        Reactors.Test(r => r.DistinctCount(Sample.Seconds(1), Device)).Given(Written).After(1).Emits(3d);

    [Fact]
    public void Where_takes_ids_to_the_last_digit()
    {
        string[] matching = [$"{Id}", $"{Id}.0", $"{Id}0e-1"];
        Assert.Equal(matching, Devices(Reactors.Test(r => r.Where(Device, Id)).Given(Written)));
        Assert.Equal(matching, Devices(Reactors.Test(r => r.Where(Field.Member("device"), (ulong)Id)).Given(Written)));
        Assert.Equal(matching, Devices(Reactors.Test(r => r.Where(Device, (decimal)Id)).Given(Written)));
        Assert.Equal(matching, Devices(Reactors.Test(r => r.Where(Query.Parse($"device = {Id}"))).Given(Written)));
        Assert.Equal([$"{Other}", $"{Id}"], Devices(Reactors.Test(r => r.Where(Query.Parse($"device != {Id}"))).Given(Written)));
        Assert.Equal([$"{Other}", $"{Id}"], Devices(Reactors.Test(r => r.WhereNot(Device, Id)).Given(Written)));
        Assert.Equal([$"{Id}"],
            Devices(Reactors.Test(r =>
                r.Split(Branch.When(Device, Id, s => s.Under(0)), Branch.When(Device, Other, s => s.Under(0)), Branch.Else(s => s)))
                .Given(Written)));
        Assert.Equal([$"{Id}", $"{Other}"],
            Devices(Reactors.Test(r => r.When(Device, Id).FollowedBy(Device, Other, within: Sample.Seconds(1))).Given(Written)));
        Assert.Equal(matching, Devices(Reactors.Test(r => r.Where(Device, "81210691933333094*4")).Given(Written.AsSpan(0, 4))));
        Assert.Equal([ulong.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)],
            Devices(Reactors.Test(r => r.Where(Device, ulong.MaxValue)).Given(Of("18446744073709551615"), Of("18446744073709551616"))));
    }

    [Fact]
    public void A_double_is_the_number_that_its_shortest_text_says()
    {
        Event[] events = [Of("0.1"), Of("0.10"), Of("1e-1"), Of("0.1000000000000000055511151231257827"), Of("0.1000000000000000001")];
        Assert.Equal(["0.1", "0.10", "1e-1"], Devices(Reactors.Test(r => r.Where(Device, 0.1)).Given(events)));
        Assert.Equal(["0.1", "0.10", "1e-1"], Devices(Reactors.Test(r => r.Where(Device, 0.10m)).Given(events)));
        Assert.Equal(["0.1", "0.10", "1e-1"], Devices(Reactors.Test(r => r.Where(Query.Parse("device = 0.1"))).Given(events)));
        Assert.Equal(["8121069193333309000"],
            Devices(Reactors.Test(r => r.Where(Device, 8121069193333309404d)).Given(Of($"{Id}"), Of("8121069193333309000"))));
    }

    [Fact]
    public void The_metric_is_a_double_and_what_it_is_compared_with_is_rounded_as_it_was()
    {
        Event e = Event.Parse($$"""{"metric":{{Id}},"id":{{Id}},"other":{{Other}}}""");
        Reactors.Test(r => r.Where("metric", Id)).Given(e).Emits(e.Metric!.Value);
        Reactors.Test(r => r.Where("metric", Other)).Given(e).Emits(e.Metric!.Value);
        Assert.True(Query.Parse($"metric = {Id} and metric = {Other}").Matches(e));
        Assert.True(Query.Parse($"id = {Id}.0 and id = {Id}e0 and id = {Id}0e-1 and not id = {Other} and id != {Other}").Matches(e));
    }

    [Fact]
    public void What_is_beyond_a_double_is_greater_than_all_of_them()
    {
        Event[] events = [Of("1e400"), Of("-1e400"), Of("5"), Of("\"1e400\"")];
        Assert.Equal(["1e400"], Devices(Reactors.Test(r => r.OverMeta("device", 50)).Given(events)));
        Assert.Equal(["-1e400", "5"], Devices(Reactors.Test(r => r.UnderMeta("device", 50)).Given(events)));
        Assert.Equal(["1e400"], Devices(Reactors.Test(r => r.Where(Query.Parse("device > 50"))).Given(events)));
        Assert.Equal(["1e400"], Devices(Reactors.Test(r => r.Where(Query.Parse("device = 10e399"))).Given(events)));
        Assert.Equal(["5"], Devices(Reactors.Test(r => r.Where(Device, Matcher.When(number => number < 1e308))).Given(events)));
    }

    [Fact]
    public void True_and_false_are_compared_as_such()
    {
        Event[] events = [Of("true"), Of("false"), Of("\"true\""), Of("1"), Of("null"), Event.Parse("{}")];
        Assert.Equal(["true"], Devices(Reactors.Test(r => r.Where(Field.Member("device"), true)).Given(events.AsSpan(0, 5))));
        Assert.Equal(["false"], Devices(Reactors.Test(r => r.Where(Device, false)).Given(events)));
        Assert.Equal(["true"], Devices(Reactors.Test(r => r.Where(Query.Parse("device = true"))).Given(events)));
        Assert.Equal(2, Reactors.Test(r => r.WhereNot(Device, "*")).Given(events).Emitted.Count);
        Assert.Equal("Where(Field.Meta(\"up\"), true)", Reactor.Where(Field.Meta("up"), true).ToString());
        Assert.Contains("never true or false", Assert.Throws<ArgumentException>(() => Reactor.Where("state", true)).Message,
            StringComparison.Ordinal);
        Assert.Contains("WhereNot(field", Assert.Throws<ArgumentNullException>(() => Reactor.Where(Device, (string)null!)).Message,
            StringComparison.Ordinal);
        Assert.Contains("WhereNot(field", Assert.Throws<ArgumentNullException>(() => Reactor.Where(Device, (Matcher)null!)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Meta_keeps_all_digits_on_its_way()
    {
        MetaValue[] values = [Id, ulong.MaxValue, 79228162514264337593543950335m, 0.10m, (byte)7, 'a', (uint)5, (short)-3];
        string[] texts = ["8121069193333309404", "18446744073709551615", "79228162514264337593543950335", "0.10", "7", "97", "5", "-3"];
        Assert.Equal(texts, values.Select(value => value.ToString()));
        Event made = new() { Service = "s", Meta = values.Index().ToDictionary(value => $"{value.Index}", value => value.Item) };
        ReactorTest test = Reactors.Test(r => r.EventWindow(2).Last().Meta("more", ulong.MaxValue)).Given(made).Restart().Given(made);
        IReadOnlyDictionary<string, MetaValue> meta = Event.Parse(test.Emitted.Single().Events[0].ToString()).Meta;
        Assert.Equal(texts, Enumerable.Range(0, values.Length).Select(i => meta[$"{i}"].ToString()));
        Assert.Equal(ulong.MaxValue, meta["more"]);
        Assert.NotEqual((MetaValue)Id, Other);
        Assert.Equal((MetaValue)5, 5.0m);
    }

    [Fact]
    public void A_key_that_meta_does_not_have_is_missing_and_no_error()
    {
        foreach (Event e in (Event[])[new(), Of("1"), Event.Parse("{\"meta\":{}}"),
            new() { Meta = new Dictionary<string, MetaValue> { ["b"] = 1 } }, Of("1") with { Meta = new Dictionary<string, MetaValue>() }])
        {
            foreach (MetaValue value in (MetaValue[])[e.Meta["x"], ((EventView)e).Meta["x"]])
            {
                Assert.Equal((MetaKind.Missing, null, null, null, ""),
                    (value.Kind, value.Number, value.Text, value.Boolean, value.ToString()));
                Assert.False(value.Number > 5 || value.Number < 5 || value.Number == 5 || value.Boolean == true || value.Boolean == false
                    || value.Text == "");
                Assert.True(value == default && value != 0 && value.GetHashCode() == default(MetaValue).GetHashCode());
            }
        }
        Reactors.Test(r => r.Where(e => e.Meta["load"].Number > 5))
            .Given(new Event { Metric = 1 }, new Event { Metric = 2, Meta = new Dictionary<string, MetaValue> { ["load"] = 6 } }).Emits(2d);
    }
}
