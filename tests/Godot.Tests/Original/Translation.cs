using System.Text.Json;
using System.Text.RegularExpressions;

namespace Godot.Tests.Original;

/// <summary>Says a recorded pipeline in our verbs.</summary>
static class Translation
{
    /// <summary>
    /// The original mixed all that came over one connection, so with several series it is <c>Across</c> in ours; but for Expire, where the
    /// rule is against it.
    /// </summary>
    public static Recipe Of(RecordedCase recorded)
    {
        Recipe recipe = Continue(Reactor.Empty, recorded.Pipeline);
        if (!recorded.HasSeveralSeries || recorded.Pipeline.Any(op => op.Name == "expire")) return recipe;
        return recipe is BatchReactor
            ? Reactor.Across(all => (BatchReactor)Continue(all, recorded.Pipeline))
            : Reactor.Across(all => (Reactor)Continue(all, recorded.Pipeline));
    }

    static Func<Reactor, Reactor> Inner(IReadOnlyList<Op> pipeline) => r => (Reactor)Continue(r, pipeline);

    static Recipe Continue(Recipe before, IEnumerable<Op> pipeline) => pipeline.Aggregate(before, Continue);

    static Recipe Continue(Recipe before, Op op) => before switch
    {
        Reactor events => Continue(events, op),
        BatchReactor batches => Continue(batches, op),
        _ => throw new NotSupportedException(before.ToString()),
    };

    static Recipe Continue(Reactor r, Op op) => op.Name switch
    {
        "where" => Where(r, op),
        "over" => r.Over(op.Number(0)),
        "under" => r.Under(op.Number(0)),
        "within" => r.Within(op.Number(0), op.Number(1)),
        "tagged" or "taggedAny" or "taggedAll" => Tagged(r, op),
        "change" => Change(r, op),
        "map" => op.Function(0)!.StartsWith("async", StringComparison.Ordinal)
            ? r.Map(Functions.AsyncMap(op.Function(0)!, op.Says("passThrough"))) : r.Map(Functions.Map(op.Function(0)!)),
        "by" => By(r, op),
        "around" => r.Around([.. Enumerable.Range(0, op.Count).Select(branch => Inner(op.Inner(branch)))]),
        "expire" => op.Count == 0 ? r.Expire() : r.Expire(op.Time(0)),
        "count" => r.Count(op.Time(0)),
        "throttle" => op.Option("max") is { } max ? r.Throttle(max.GetInt32(), Op.Time(op.Option("interval")!.Value))
            : r.Throttle((int)op.Number(0), op.Time(1)),
        "rollup" => op.Option("limit") is { } limit ? Rollup(r, op.Option("interval")!.Value, limit) : Rollup(r, op[0], op[1]),
        "movingAverage" => WindowTranslation.Average(r, op[0]),
        "hasMeta" or "anyMeta" or "allMeta" => MetaTranslation.HasMeta(r, op),
        "overMeta" => r.OverMeta(op.Text(0), op.Number(1)),
        "underMeta" => r.UnderMeta(op.Text(0), op.Number(1)),
        "meta" => r.Meta(op.Text(0), Inner(op.Inner(1))),
        "tag" => r.Tag(op.Text(0), Inner(op.Inner(1))),
        "sum" => r.Sum(),
        "mean" => r.Mean(),
        "rate" => r.Mean(op.Time(0)),
        "windowSum" => WindowTranslation.Sum(r, op[0]),
        "eventWindow" => WindowTranslation.Events(r, op[0]),
        "timeWindow" => WindowTranslation.Time(r, op[0]),
        "coalesce" => r.Coalesce(),
        "probe" => r.To(new Probe(op.Text(0))),
        _ => throw new NotSupportedException(op.Name),
    };

    static Reactor Continue(BatchReactor r, Op op) => (op.Name, op.Function(0)) switch
    {
        ("combine", "mathSum") => r.Sum(),
        ("combine", "mathMean") => r.Mean(),
        ("combine", "mathMaximum") => r.Maximum(),
        (_, var function) => throw new NotSupportedException($"{op.Name} {function}"),
    };

    static Reactor Where(Reactor r, Op op)
    {
        (Field, Matcher)[] filters = op[0].ValueKind == JsonValueKind.Object
            ? [.. op[0].EnumerateObject().Select(filter => (FieldOf(filter.Name), MatchOf(filter.Value)))]
            : [(FieldOf(op.Text(0)), MatchOf(op[1]))];
        return op.Says("negate") ? r.WhereNot(filters) : r.Where(filters);
    }

    static Reactor Tagged(Reactor r, Op op)
    {
        string[] tags = op.Texts();
        return op.Name switch
        {
            "taggedAny" => r.Tagged(tags),
            "taggedAll" => r.TaggedAll(tags),
            _ when tags is ["all", .. var all] => r.TaggedAll(all),
            _ when tags is ["any", .. var any] => r.Tagged(any),
            _ => r.Tagged(tags),
        };
    }

    static Reactor Change(Reactor r, Op op)
    {
        Matcher? Side(string name) => op.Option(name) is { } side ? MatchOf(side) : null;
        return r.Change(FieldOf(op.Text(0)), Side("from"), Side("to"));
    }

    // Without `recombine` the events pass, and what the inner reactors make of them goes nowhere.
    static Reactor By(Reactor r, Op op)
    {
        Fields fields = Fields.Create([.. Op.Texts(op[0]).Select(FieldOf)]);
        return op.Says("recombine") ? r.By(fields, Inner(op.Inner(1))) : r.Around(beside => beside.By(fields, Inner(op.Inner(1))));
    }

    static BatchReactor Rollup(Reactor r, JsonElement interval, JsonElement limit) => Op.Function(interval) is { } function
        ? r.Rollup(Functions.Interval(function), limit.GetInt32())
        : r.Rollup(Op.Time(interval), limit.GetInt32());

    static Field FieldOf(string name) =>
        name is "host" or "service" or "state" or "metric" or "" ? name : Field.Member(name);

    static Matcher MatchOf(JsonElement target) => target switch
    {
        { ValueKind: JsonValueKind.String } => target.GetString()!,
        { ValueKind: JsonValueKind.Number } => target.GetDouble(),
        _ when Op.Function(target) is { } function => Functions.Match(function),
        // A flag "g" makes the original's expressions remember where they were; ours have no such thing.
        _ when Op.Option(target, "$regex") is { } regex =>
            new Regex(regex.GetString()!, Op.Option(target, "flags")!.Value.GetString()!.Contains('i', StringComparison.Ordinal)
                ? RegexOptions.IgnoreCase : RegexOptions.None),
        _ => throw new NotSupportedException(target.GetRawText()),
    };
}
