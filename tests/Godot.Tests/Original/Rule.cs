namespace Godot.Tests.Original;

/// <summary>
/// The rules that win over what the original was seen to do: what was decided before ours was written, or, where that is silent, what its
/// user would expect.
/// </summary>
static class Rule
{
    public const string
        AnyNumberIsAThreshold = "Any number is a threshold; only numbers compare.",
        AMetricIsANumber = "A metric is a finite number or absent; what comes otherwise is left out, and counted.",
        ATextThatIsANumberIsOne =
            "A text that is a number counts as one: senders quote, and no heartbeat may be lost by that (decision 14).",
        AMissingMetricIsLeftOut = "A missing or NaN metric is left out and passes nothing.",
        TagsAreAList = "Tags are a list of texts; what comes otherwise is left out, and counted, and ends no process.",
        EventsAreImmutable = "Events are immutable: one branch's change does not show in another.",
        OneChainPerTuple = "By(a, b) is one chain per distinct tuple, whatever the strings are.",
        FromAndToWorkAlone = "Change: from and to each work alone, whatever they are.",
        NoValueIsAValue = "As its user would expect: to lose a value, and to get one, are changes.",
        GlobsAreGlobs = "* is any run of characters, also empty; anchored, everything else literal; a missing field matches nothing.",
        NothingIsAType = "As its user would expect: a name is a name, also where it is \"all\" or \"any\".",
        OptionsCount = "As its user would expect: an option is not ignored.",
        ExpressionsAreStateless = "As its user would expect: what matches, matches again.",
        ExpiredIsAState = "Expire emits the last event with the state \"expired\" and the time of the verdict.",
        SilentUntilSeen = "Expire is silent until a series was first seen.",
        ExpireByOwnTtl = "Expire() without an argument uses each event's ttl.",
        EachSeriesExpires = "Expire watches every (host, service) by itself.",
        AveragesAreAverages = "Averages are correct; the article's second example works.",
        WeightsAsGiven = "WeightedAverage: weights as given.",
        SlidingIsSliding = "A fixed window is tumbling, a sliding one is sliding.",
        AnEmptyWindowIsSilent = "An empty window emits nothing.",
        ASumAdds = "As its user would expect: a sum adds, and does not count; and an empty window emits nothing.",
        RollupIsBounded = "Rollup is bounded.",
        RollupAsksEveryPeriod = "Rollup's function is asked every period.",
        SeriesAreTuples =
            "As its user would expect: host \"a/b\" and service \"c\" are another series than host \"a\" and service \"b/c\".",
        TheDeadLeave = "As its user would expect: what its ttl says is over is no longer gathered.",
        TestsDoNotSleep =
            "Nothing sleeps in a test: in virtual time an asynchronous call is waited for on the spot; and order is kept unless told "
                + "otherwise.";
}
