namespace Godot.Tests.Original;

/// <summary>What becomes of each recorded case of the original: none is left out.</summary>
static class Triage
{
    public static IReadOnlyList<Verdict> Table { get; } =
    [
        new Agrees("all-meta", "two keys"),
        new Agrees("all-meta", "key:value"),
        new Overridden("all-meta", "explicit any is overridden by all", Rule.NothingIsAType, []),

        new Agrees("any-meta", "two keys"),
        new Agrees("any-meta", "key:value"),
        new Agrees("any-meta", "explicit all is overridden by any"),

        new Overridden("around", "mutation leaks to siblings and downstream", Rule.EventsAreImmutable, [At(0, Cpu(1)), At(0, Cpu(2))],
            Probed: ["first " + At(0, Cpu(2)), "second " + At(0, Cpu(3)), "first " + At(0, Cpu(3)), "second " + At(0, Cpu(6))]),
        new Agrees("around", "no branches passes through"),
        new Agrees("around", "timed branch"),

        new Agrees("by", "one key, recombine"),
        new Overridden("by", "two keys, no recombine", Rule.OneChainPerTuple,
            [At(0, Of("x", "a", 6)), At(0, Of("x", "b", 7)), At(0, Of("y", "a", 1))],
            Probed: ["in " + At(0, Of("x", "a", 6)), "in " + At(0, Of("x", "b", 7))]),
        new Overridden("by", "two keys, recombine doubles every event", Rule.OneChainPerTuple,
            [At(0, Of("x", "a", 1)), At(0, Of("x", "b", 10)), At(0, Of("y", "a", 100))]),
        new Overridden("by", "inner expire per host, recombine", Rule.ExpiredIsAState,
            [Expired(1000, Of("a", "cpu", 1)), Expired(2500, Of("b", "cpu", 3))]),
        new Agrees("by", "inner change per service, recombine"),
        new Agrees("by", "inner count per host, recombine"),
        new Overridden("by", "missing key forms a chain of its own", Rule.OneChainPerTuple,
            [At(0, Of("h1", null, 1)), At(0, Of("h1", null, 3)), At(0, Of("h1", "undefined", 5))]),
        new Overridden("by", "number and string of equal text", Rule.OneChainPerTuple,
            [At(0, Shard("1", 1)), At(0, Shard("\"1\"", 5)), At(0, Shard("1", 3))]),
        new Agrees("by", "NaN key"),
        new CannotBeWritten("by", "object-valued key", Refusal.ByVerb(() => Reactor.By("meta", r => r.Over(0)))),
        new Agrees("by", "nested by, recombine"),
        new CannotBeWritten("by", "number key throws", Refusal.ByCompiler<Reactor>("By", typeof(int), typeof(Func<Reactor, Reactor>))),

        new Agrees("change", "any change"),
        new Agrees("change", "from critical to ok"),
        new Overridden("change", "to only", Rule.FromAndToWorkAlone, [At(0, Cpu(1)), At(0, Cpu(1))]),
        new Overridden("change", "missing value forgets the last one", Rule.NoValueIsAValue,
            [At(0, Cpu(1, null)), At(0, Cpu(1, "critical")), At(0, Cpu(1))]),
        new Overridden("change", "numeric from 0 is ignored", Rule.FromAndToWorkAlone, [At(0, Cpu(1)), At(0, Cpu(1))]),
        new Overridden("change", "number to equal-looking string", Rule.AMetricIsANumber, []),
        new Agrees("change", "null to value"),
        new CannotBeWritten("change", "no key throws", Refusal.ByCompiler<Reactor>("Change")),

        new Agrees("coalesce", "missing host and service"),
        new Overridden("coalesce", "slash ambiguity", Rule.SeriesAreTuples,
            [Batch(0, Of("a/b", "c", 1)), Batch(0, Of("a/b", "c", 1), Of("a", "b/c", 2))]),
        new Overridden("coalesce", "never expires", Rule.TheDeadLeave, [Batch(0, OfTtl("a")), Batch(3_600_000, OfTtl("b"))]),

        new Agrees("combine", "sum over eventWindow of 3"),
        new Agrees("combine", "maximum over eventWindow of 3"),
        new Overridden("combine", "mean ignores non-numeric", Rule.ATextThatIsANumberIsOne, [At(0, Cpu(3))]),
        new Overridden("combine", "maximum starting with a missing metric", Rule.AMissingMetricIsLeftOut, [At(0, Cpu(7))]),
        new Overridden("combine", "empty time window throws in timer", Rule.AnEmptyWindowIsSilent, []),
        new CannotBeWritten("combine", "single event instead of an array",
            Refusal.ByCompiler<Reactor>("Combine", typeof(Func<IReadOnlyList<Event>, Event>))),
        new CannotBeWritten("combine", "no function throws", Refusal.ByCompiler<BatchReactor>("Combine")),

        new Agrees("count", "only non-numeric: timer runs but nothing is emitted"),
        new Agrees("count", "fractional seconds in the tag"),
        new Overridden("count", "tags as string throws in timer", Rule.TagsAreAList,
            [At(1000, Cpu(1) with { Tags = ["per 1s"], Time = Sample.At(1) })]),
        new CannotBeWritten("count", "no interval throws", Refusal.ByCompiler<Reactor>("Count")),
        new CannotBeWritten("count", "string interval throws", Refusal.ByCompiler<Reactor>("Count", typeof(string))),

        new Agrees("event-window", "sliding 3"),
        new Agrees("event-window", "fixed 3"),
        new Agrees("event-window", "size 1"),
        new Agrees("event-window", "size 1 fixed"),
        new CannotBeWritten("event-window", "size 0 throws", Refusal.ByVerb(() => Reactor.EventWindow(0))),
        new CannotBeWritten("event-window", "no options throws", Refusal.ByCompiler<Reactor>("EventWindow")),

        new Overridden("expire", "never received anything emits undefined", Rule.SilentUntilSeen, []),
        new Overridden("expire", "nothing received, over downstream", Rule.SilentUntilSeen, []),
        new Overridden("expire", "emits the last event after ttl", Rule.ExpiredIsAState, [Expired(1500, Cpu(2))]),
        new Overridden("expire", "default ttl", Rule.ExpireByOwnTtl, []),
        new Overridden("expire", "event ttl field is ignored", Rule.ExpiredIsAState,
            [Expired(2000, Cpu(1) with { Ttl = Sample.Seconds(1) })]),
        new Overridden("expire", "two hosts share one timer", Rule.EachSeriesExpires,
            [Expired(1000, Of("a", "cpu", 1)), Expired(2700, Of("b", "cpu", 2))]),

        new Agrees("has-meta", "no type, two keys (any)"),
        new Agrees("has-meta", "any with keys"),
        new Agrees("has-meta", "all with keys"),
        new Agrees("has-meta", "all with array of keys"),
        new Agrees("has-meta", "key:value filters, strict equality"),
        new Agrees("has-meta", "all mixed object, key and array"),
        new CannotBeWritten("has-meta", "no keys", Refusal.ByVerb(() => Reactor.HasMeta())),
        new CannotBeWritten("has-meta", "all without keys passes every event with meta", Refusal.ByVerb(() => Reactor.AllMeta())),

        new Overridden("map", "sync", Rule.AMetricIsANumber, [At(0, Cpu(3)), At(0, Cpu(0)), At(0, Cpu(-6)), At(0, Cpu(null))]),
        new Agrees("map", "sync returning a copy"),
        new CannotBeWritten("map", "returning undefined emits undefined", Refusal.OfNothing(typeof(EventView))),
        new CannotBeWritten("map", "returning undefined, then over", Refusal.OfNothing(typeof(EventView))),
        new Overridden("map", "async", Rule.TestsDoNotSleep, [At(0, Cpu(3)), At(10, Cpu(6))]),
        new Overridden("map", "async does not keep order", Rule.TestsDoNotSleep, [At(0, Cpu(300)), At(10, Cpu(20))]),
        new Agrees("map", "async error goes to reactor:error", Lost: 1),
        new Agrees("map", "async passThrough error"),
        new CannotBeWritten("map", "no function throws", Refusal.ByCompiler<Reactor>("Map")),
        new Agrees("map", "chained"),

        new Agrees("mean", "zero and negative"),

        new Agrees("meta", "inner filter drops events"),
        new Agrees("meta", "inner count is delayed"),
        new Agrees("meta", "two metas"),
        new CannotBeWritten("meta", "no reactor throws", Refusal.ByCompiler<Reactor>("Meta", typeof(string))),

        new Agrees("moving-average", "simple, window EventWindow 3"),
        new Overridden("moving-average", "simple, duration 1000", Rule.SlidingIsSliding,
            [At(0, Average(2, 0)), At(400, Average(3, 1)), At(1000, Average(6.5, 6.25)), At(2500, Average(1, 0))]),
        new Agrees("moving-average", "simple, window factory"),
        new Overridden("moving-average", "simple, missing metric", Rule.AMissingMetricIsLeftOut,
            [At(0, Average(1, 0)), At(0, Average(2, 1)), At(0, Average(4, 1))]),
        new Overridden("moving-average", "simple, string metric", Rule.ATextThatIsANumberIsOne,
            [At(0, Average(1, 0)), At(0, Average(1.5, 0.25)), At(0, Average(2, 2.0 / 3))]),
        new Overridden("moving-average", "weighted, window of 3 with 3 weights", Rule.WeightsAsGiven,
            [At(0, Cpu(1)), At(0, Cpu((1 * 2 + 2 * 3) / 5d)), At(0, Cpu((1 * 1 + 2 * 2 + 3 * 3) / 6d)),
                At(0, Cpu((1 * 2 + 2 * 3 + 3 * 4) / 6d))]),
        new CannotBeWritten("moving-average", "weighted, no weights throws on write", Refusal.ByVerb(() => Reactor.WeightedAverage())),
        new Overridden("moving-average", "exponential with alpha and EventWindow", Rule.AveragesAreAverages,
            Ewma(0.07995558537067671, 0, 10, 20, 30, 40, 0, -5, 0.3)),
        new Overridden("moving-average", "exponential alpha 0.5", Rule.AveragesAreAverages, [At(0, Cpu(8)), At(0, Cpu(6)), At(0, Cpu(4))]),
        new Overridden("moving-average", "README-like: cpu over 50 never fires", Rule.AveragesAreAverages,
            Ewma(0.07995558537067671, 1000, 90, 95, 99, 100, 100, 100)),
        new CannotBeWritten("moving-average", "no options throws", Refusal.ByCompiler<Reactor>("MovingAverage")),
        new CannotBeWritten("moving-average", "simple without size throws", Refusal.ByCompiler<Reactor>("MovingAverage")),
        new CannotBeWritten("moving-average", "unknown type throws on write",
            Refusal.ByCompiler<Reactor>("MovingAverage", typeof(string), typeof(int))),
        new CannotBeWritten("moving-average", "size and duration: duration ignored",
            Refusal.ByCompiler<Reactor>("MovingAverage", typeof(int), typeof(TimeSpan))),

        new Overridden("over-meta", "load over 5", Rule.AnyNumberIsAThreshold, [At(0, Load(10))]),
        new Overridden("over-meta", "value 0 is never over a negative ceiling", Rule.AnyNumberIsAThreshold,
            [At(0, Load(10)), At(0, Load(5)), At(0, Load(4)), At(0, Load(0))]),
        new Overridden("over-meta", "ceiling 0 throws", Rule.AnyNumberIsAThreshold, [At(0, Load(10)), At(0, Load(5)), At(0, Load(4))]),
        new CannotBeWritten("over-meta", "no key throws", Refusal.ByCompiler<Reactor>("OverMeta")),

        new Agrees("over", "equal to ceiling does not pass"),
        new Agrees("over", "negative ceiling"),
        new Overridden("over", "negative ceiling, null metric", Rule.AnyNumberIsAThreshold, []),
        new Overridden("over", "ceiling 0 throws", Rule.AnyNumberIsAThreshold, [At(0, Cpu(1))]),
        new CannotBeWritten("over", "string ceiling", Refusal.ByCompiler<Reactor>("Over", typeof(string))),

        new Overridden("pipelines", "README heartbeat expire", Rule.ExpiredIsAState,
            [Expired(90_000, Of("h1", "app.server/health/heartbeat", 3))]),
        new Overridden("pipelines", "by host, heartbeat expire, recombine", Rule.ExpiredIsAState,
            [Expired(1000, Of("a", "x/health/heartbeat", 1)), Expired(2200, Of("b", "x/health/heartbeat", 1))]),
        new Agrees("pipelines", "change then rollup"),
        new Agrees("pipelines", "simple average over threshold then throttle"),
        new CannotBeWritten("pipelines", "rollup batch into where",
            Refusal.ByCompiler<BatchReactor>("Where", typeof(string), typeof(string))),
        new CannotBeWritten("pipelines", "rollup batch into count", Refusal.ByCompiler<BatchReactor>("Count", typeof(TimeSpan))),

        new Agrees("rate", "mean per interval"),
        new Agrees("rate", "empty intervals are silent"),
        new CannotBeWritten("rate", "no interval throws", Refusal.ByCompiler<Reactor>("Rate")),

        new Overridden("rollup", "events after an oversized carry-over", Rule.RollupIsBounded,
            [Batch(1000, Cpu(1), Cpu(2)), Batch(2000, Cpu(3), Cpu(4)), Batch(3000, Cpu(5), Cpu(6))]),
        new Agrees("rollup", "options object"),
        new Agrees("rollup", "README-like interval function"),
        new Overridden("rollup", "interval function inside options is called once only", Rule.RollupAsksEveryPeriod,
            [Batch(1000, Cpu(1), Cpu(2)), Batch(3000, Cpu(3), Cpu(4), Cpu(5)), Batch(6000, Cpu(6), Cpu(7), Cpu(8))]),
        new CannotBeWritten("rollup", "interval 0 becomes an hour, limit 0 becomes 100",
            Refusal.ByVerb(() => Reactor.Rollup(TimeSpan.Zero, 0))),

        new Agrees("sum", "running sum"),
        new Overridden("sum", "missing metric poisons with NaN", Rule.AMissingMetricIsLeftOut, [At(0, Cpu(1)), At(0, Cpu(3))]),
        new Agrees("sum", "zero and negatives"),
        new Agrees("sum", "floating point accumulates naively"),

        new Agrees("tag", "sum as tag"),
        new Agrees("tag", "average as tag"),
        new Agrees("tag", "existing tags kept"),
        new Agrees("tag", "inner filter drops events"),
        new Agrees("tag", "float rendering"),
        new Overridden("tag", "missing metric", Rule.AMissingMetricIsLeftOut, []),
        new Agrees("tag", "then taggedAny"),

        new Overridden("tagged-all", "two tags", Rule.TagsAreAList, [At(0, Tagged("a", "b", "c"))]),
        new Overridden("tagged-all", "first tag named any", Rule.NothingIsAType, [At(0, Tagged("any", "b"))]),

        new Overridden("tagged-any", "array", Rule.TagsAreAList,
            [At(0, Tagged("a", "b", "c")), At(0, Tagged("b")), At(0, Tagged("a ", "b"))]),
        new Overridden("tagged-any", "first tag named all", Rule.NothingIsAType, [At(0, Tagged("all")), At(0, Tagged("b"))]),

        new Overridden("tagged", "all", Rule.TagsAreAList, [At(0, Tagged("a", "b", "c"))]),
        new Overridden("tagged", "all with array", Rule.TagsAreAList, [At(0, Tagged("a", "b", "c"))]),
        new CannotBeWritten("tagged", "number tag", Refusal.ByCompiler<Reactor>("Tagged", typeof(int))),
        new CannotBeWritten("tagged", "no tags asked", Refusal.ByVerb(() => Reactor.Tagged())),

        new Agrees("throttle", "max 2 per 1000"),
        new Agrees("throttle", "options object"),
        new CannotBeWritten("throttle", "max 0 becomes the default 10", Refusal.ByVerb(() => Reactor.Throttle(0, Sample.Seconds(1)))),
        new Agrees("throttle", "grid starts at first event"),

        new Overridden("time-window", "not fixed: batch per interval", Rule.AnEmptyWindowIsSilent,
            [Batch(1000, Cpu(1), Cpu(2)), Batch(2000, Cpu(3))]),
        new Agrees("time-window", "fixed: sliding window on each event"),
        new Overridden("time-window", "not fixed with sum", Rule.ASumAdds, [At(1000, Cpu(30) with { Time = Sample.At(1) })]),
        new Agrees("time-window", "event time is ignored"),
        new CannotBeWritten("time-window", "no duration throws", Refusal.ByCompiler<Reactor>("TimeWindow")),

        new Overridden("under-meta", "load under 5", Rule.AnyNumberIsAThreshold, [At(0, Load(4)), At(0, Load(0)), At(0, Load(-1))]),
        new CannotBeWritten("under-meta", "no floor throws", Refusal.ByCompiler<Reactor>("UnderMeta", typeof(string))),

        new Overridden("under", "floor 5, odd metrics", Rule.AnyNumberIsAThreshold, [At(0, Cpu(0)), At(0, Cpu(-3))]),
        new Agrees("under", "negative floor"),
        new CannotBeWritten("under", "no floor throws", Refusal.ByCompiler<Reactor>("Under")),

        new Agrees("where", "exact string"),
        new Agrees("where", "missing key"),
        new Overridden("where", "two '*': only the first is a wildcard", Rule.GlobsAreGlobs,
            [At(0, Of("h1", "app/a/x/b", 1)), At(0, Of("h1", "app/a/x/", 1)), At(0, Of("h1", "app/a/x//", 1))]),
        new Overridden("where", "glob with '.' is a regex metacharacter", Rule.GlobsAreGlobs,
            [At(0, Of("h1", "app.server/x", 1)), At(0, Of("h1", "app.server/", 1))]),
        new Overridden("where", "glob with '+' and '['", Rule.GlobsAreGlobs, [At(0, Of("h1", "c++/[x]/a", 1))]),
        new Overridden("where", "glob 'undef*' against a missing field", Rule.GlobsAreGlobs, []),
        new Overridden("where", "glob against a number", Rule.GlobsAreGlobs, [At(0, Cpu(1)), At(0, Cpu(10)), At(0, Cpu(12))]),
        new Overridden("where", "regex", Rule.GlobsAreGlobs,
            [.. Heartbeats("app.server/health/heartbeat", "health/heartbeat", "/health/heartbeat", "a/b/health/heartbeat")]),
        new Agrees("where", "regex case-insensitive"),
        new Overridden("where", "regex with g flag is stateful", Rule.ExpressionsAreStateless,
            [At(0, Cpu(1)), At(0, Cpu(1)), At(0, Cpu(1)), At(0, Cpu(1))]),
        new Overridden("where", "number target", Rule.ATextThatIsANumberIsOne, [At(0, Cpu(5)), At(0, Cpu(5)), At(0, Cpu(5))]),
        new Overridden("where", "number target 0", Rule.ATextThatIsANumberIsOne, [At(0, Cpu(0)), At(0, Cpu(0)), At(0, Cpu(0))]),
        new Agrees("where", "function target"),
        new CannotBeWritten("where", "undefined target throws", Refusal.ByCompiler<Reactor>("Where", typeof(string))),
        new Agrees("where", "object filters, all must match"),
        new Agrees("where", "object filters with glob, regex and function"),
        new Agrees("where", "empty filters object passes all"),
        new Agrees("where", "negate with key"),
        new Overridden("where", "negate with glob", Rule.GlobsAreGlobs,
            [.. Heartbeats("health/heartbeat", "app/health/heartbeat/extra", "app/health/heartbeats", "app/health", null)]),
        new Agrees("where", "negate with filters (third argument)"),
        new Overridden("where", "negate with filters as second argument is ignored", Rule.OptionsCount, [At(0, Of("h1", "x", 1))]),
        new CannotBeWritten("where", "empty key with negate passes everything", Refusal.ByVerb(() => Reactor.WhereNot("", "cpu"))),

        new Agrees("window-sum", "eventWindow 3"),
        new Overridden("window-sum", "string metric", Rule.ATextThatIsANumberIsOne,
            [At(0, Cpu(1)), At(0, Cpu(3)), At(0, Cpu(5)), At(0, Cpu(7))]),
        new Agrees("window-sum", "sliding time window"),
        new Agrees("window-sum", "batch time window"),
        new Overridden("window-sum", "fixed event window includes the emptied state", Rule.SlidingIsSliding,
            [At(0, Cpu(3)), At(0, Cpu(7))]),
        new CannotBeWritten("window-sum", "no window throws", Refusal.ByCompiler<Reactor>("WindowSum")),
        new Agrees("window-sum", "negative and zero"),

        new Overridden("within", "3..6 inclusive", Rule.ATextThatIsANumberIsOne,
            [At(0, Cpu(3)), At(0, Cpu(4)), At(0, Cpu(6)), At(0, Cpu(4))]),
        new Agrees("within", "zero bounds allowed"),
        new CannotBeWritten("within", "reversed bounds never match", Refusal.ByVerb(() => Reactor.Within(6, 3))),
        new Agrees("within", "negative range"),
        new CannotBeWritten("within", "NaN bound accepted", Refusal.ByVerb(() => Reactor.Within(double.NaN, 6))),
    ];

    static string At(double milliseconds, Event e) => Outcome.Show(TimeSpan.FromMilliseconds(milliseconds), Outcome.Show(e));

    static string Batch(double milliseconds, params Event[] batch) =>
        Outcome.Show(TimeSpan.FromMilliseconds(milliseconds), Outcome.Show(batch));

    static string Expired(double milliseconds, Event e) =>
        At(milliseconds, e with { State = "expired", Time = Sample.At(milliseconds / 1000) });

    // What the recorded events are if they do not say otherwise.
    static Event Cpu(double? metric, string? state = "ok") =>
        new() { Host = "h1", Service = "cpu", State = state, Time = Sample.At(0), Metric = metric };

    static Event Of(string host, string? service, double metric) => Cpu(metric) with { Host = host, Service = service };

    static Event OfTtl(string host) => Of(host, "cpu", 1) with { Ttl = Sample.Seconds(1) };

    static Event Tagged(params string[] tags) => Cpu(1) with { Tags = tags };

    static Event Load(double load) => Cpu(1) with { Meta = new Dictionary<string, MetaValue> { ["load"] = load } };

    static Event Average(double mean, double variance) =>
        Cpu(mean) with { Meta = new Dictionary<string, MetaValue> { ["variance"] = variance, ["stdDev"] = Math.Sqrt(variance) } };

    static Event Shard(string shard, double metric) =>
        Event.Parse($$"""{"host":"h1","service":"cpu","state":"ok","time":1735689600,"shard":{{shard}},"metric":{{metric}}}""");

    static IEnumerable<string> Heartbeats(params string?[] services) => services.Select(service => At(0, Of("h1", service, 1)));

    // One after the other, each so many milliseconds after the one before: the first as it is, each further one alpha of the way from the
    // average to it.
    static string[] Ewma(double alpha, double apart, params double[] metrics)
    {
        double mean = metrics[0];
        return [.. metrics.Select((metric, at) => At(at * apart, Cpu(mean += alpha * (metric - mean))))];
    }
}
