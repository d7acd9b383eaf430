using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Common;

namespace Godot.Tests;

/// <summary><c>Tag</c> and <c>Meta</c> of a recipe, one in another, and keys of the senders' choosing.</summary>
public sealed class AsideTests
{
    static Event Of(double? metric, string meta) =>
        Event.Parse($$"""{"host":"h","service":"s"{{(metric is { } number ? $",\"metric\":{RecipeText.Of(number)}" : "")}},"meta":{{meta}}}""");

    static string Written(ReactorTest test) => string.Join("; ", test.Emitted.Select(emission => emission.Events[0].ToString()));

    [Fact]
    public void A_key_of_the_tags_name_stays_what_it_was_and_the_recipe_sees_it()
    {
        Event e = Of(1, """{"total":"mine","godot/metric":{"metric":7,"x":[1.50]}}""");
        Event emitted =
            Reactors.Test(r => r.Tag("total", s => s.Where(Field.Meta("total"), "mine").Sum())).Given(e).Emitted.Single().Events[0];
        Assert.Equal((1, "total:1"), (emitted.Metric, Assert.Single(emitted.Tags)));
        Assert.Equal(e.Meta, emitted.Meta);
    }

    [Fact]
    public void One_name_in_another_of_the_same_is_two()
    {
        Event emitted = Reactors.Test(r => r.Tag("t", s => s.Scale(2).Tag("t", t => t.Scale(5)).Scale(10)))
            .Given(Of(1, """{"t":"mine"}""")).Emitted.Single().Events[0];
        Assert.Equal((1, "t:10 t:20", "mine"), (emitted.Metric, string.Join(' ', emitted.Tags), emitted.Meta["t"].Text));
        Assert.Equal("""{"host":"h","service":"s","meta":{"t":20},"metric":1}""",
            Written(Reactors.Test(r =>
                r.Meta("t", s => s.Scale(2).Meta("t", t => t.Scale(5)).Where(e => e.Meta["t"].Number == 10).Scale(10)))
                .Given(Of(1, """{"t":"mine"}"""))));
    }

    [Fact]
    public void What_is_held_meanwhile_comes_back_as_it_was_after_a_restart_too()
    {
        ReactorTest test = Reactors.Test(r => r.Meta("n", s => s.Tag("sum", t => t.EventWindow(3).Sum())));
        test.Given(Of(1, """{"n":1}"""), Of(2, """{"n":"x","sum":null}""")).Restart().Given(Of(4, """{"id":8121069193333309404}"""));
        Event emitted = test.Emitted.Single().Events[0];
        Assert.Equal((4d, "sum:7"), (emitted.Metric, Assert.Single(emitted.Tags)));
        Assert.Equal("""{"id":8121069193333309404,"n":4}""",
            System.Text.Json.JsonSerializer.Serialize(
                System.Text.Json.JsonDocument.Parse(emitted.ToString()).RootElement.GetProperty("meta")));
    }

    [Fact]
    public void An_event_that_the_recipe_makes_anew_passes_without_a_metric_and_keeps_its_meta()
    {
        Event made = new() { Service = "new", Metric = 5, Meta = new Dictionary<string, MetaValue> { ["a"] = 1 } };
        Event emitted = Reactors.Test(r => r.Tag("t", s => s.EventWindow(1).Combine(_ => made))).Given(1).Emitted.Single().Events[0];
        Assert.Equal(((double?)null, "t:5"), (emitted.Metric, Assert.Single(emitted.Tags)));
        Assert.Equal(made.Meta, emitted.Meta);
    }

    [Fact]
    public void The_name_that_keeps_the_metric_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.Meta("godot/metric", 1));
        Assert.Throws<ArgumentException>(() => Reactor.Meta("godot/metric", r => r));
        Assert.Throws<ArgumentException>(() => Reactor.Tag("godot/metric", r => r));
    }

    /// <summary>A verb of a random nesting, and what it comes to.</summary>
    abstract record Verb
    {
        public sealed record Scale(int By) : Verb;

        public sealed record Nothing : Verb;

        public sealed record Tag(string Name, Verb[] Inner) : Verb;

        public sealed record Meta(string Key, Verb[] Inner) : Verb;

        public sealed record Set(string Key, int Value) : Verb;
    }

    static readonly Gen<string> Key = Gen.Elements("a", "b", "metric", "before", "t");

    static Gen<Verb[]> Verbs(int depth) => Few(depth == 0 ? Simple : Gen.Frequency((2, Simple),
        (1, Gen.Zip(Key, Verbs(depth - 1)).Select(verb => (Verb)new Verb.Tag(verb.Item1, verb.Item2))),
        (1, Gen.Zip(Key, Verbs(depth - 1)).Select(verb => (Verb)new Verb.Meta(verb.Item1, verb.Item2)))));

    static Gen<T[]> Few<T>(Gen<T> one) => Gen.Choose(0, 3).SelectMany(count => one.ArrayOf(count));

    static Gen<Verb> Simple => Gen.Frequency(
        (4, Gen.Choose(2, 5).Select(by => (Verb)new Verb.Scale(by))),
        (1, Gen.Constant((Verb)new Verb.Nothing())),
        (2, Gen.Zip(Key, Gen.Choose(0, 9)).Select(verb => (Verb)new Verb.Set(verb.Item1, verb.Item2))));

    static readonly Gen<Event> SomeEvent =
        from metric in Gen.Elements<double?>(1, 3, -0.5, null)
        from values in Few(Gen.Zip(Gen.Elements("a", "b", "metric", "before", "t", "godot/metric"),
            Gen.Elements("1", "1.50", "\"x\"", "null", "true", "{\"metric\":5}", "{\"before\":{\"metric\":1}}", "[1,\"\\n\"]")))
        select Of(metric,
            $"{{{string.Join(',', values.DistinctBy(value => value.Item1).Select(value => $"\"{value.Item1}\":{value.Item2}"))}}}");

    static Reactor Build(Reactor r, Verb[] verbs)
    {
        foreach (Verb verb in verbs)
        {
            r = verb switch
            {
                Verb.Scale scale => r.Scale(scale.By),
                Verb.Set set => r.Meta(set.Key, set.Value),
                Verb.Tag tag => r.Tag(tag.Name, inner => Build(inner, tag.Inner)),
                Verb.Meta meta => r.Meta(meta.Key, inner => Build(inner, meta.Inner)),
                _ => r.Map(e => e with { Metric = null }),
            };
        }
        return r;
    }

    // By what the pages say, with nothing set aside in the event.
    static (double? Metric, List<string> Tags, Dictionary<string, string> Meta) Naive(
        (double? Metric, List<string> Tags, Dictionary<string, string> Meta) e, Verb[] verbs)
    {
        foreach (Verb verb in verbs)
        {
            switch (verb)
            {
                case Verb.Scale scale when e.Metric is { } metric: e.Metric = metric * scale.By; break;
                case Verb.Nothing: e.Metric = null; break;
                case Verb.Set set: e.Meta[set.Key] = $"{set.Value}"; break;
                case Verb.Tag tag:
                    double? before = e.Metric;
                    e = Naive(e, tag.Inner);
                    if (e.Metric is { } made) e.Tags.Add($"{tag.Name}:{RecipeText.Of(made)}");
                    e.Metric = before;
                    break;
                case Verb.Meta meta:
                    double? kept = e.Metric;
                    e = Naive(e, meta.Inner);
                    if (e.Metric is { } result) e.Meta[meta.Key] = RecipeText.Of(result);
                    else e.Meta.Remove(meta.Key);
                    e.Metric = kept;
                    break;
            }
        }
        return e;
    }

    [Property(MaxTest = 300)]
    public Property Any_nesting_does_what_the_pages_say() => Prop.ForAll(Verbs(3).ToArbitrary(), SomeEvent.ToArbitrary(), (verbs, e) =>
    {
        var expected = Naive((e.Metric, [], e.Meta.ToDictionary(value => value.Key, value => value.Value.ToString())), verbs);
        Event[] emitted = [.. Reactors.Test(r => Build(r, verbs)).Given(e).Emitted.SelectMany(emission => emission.Events)];
        return emitted is [var only] && only.Metric.Equals(expected.Metric) && only.Tags.SequenceEqual(expected.Tags)
            && only.Meta.Select(value => $"{value.Key}={value.Value}").Order(StringComparer.Ordinal)
            .SequenceEqual(expected.Meta.Select(value => $"{value.Key}={value.Value}").Order(StringComparer.Ordinal));
    });
}
