using Godot.Events;

namespace Godot.Alerting;

/// <summary>What is on the way, in words.</summary>
sealed partial class AlertStage
{
    protected override string? Describe(ref readonly State state)
    {
        string now = state.Trouble switch
        {
            { Open: > 0 } trouble => Open(trouble),
            { } trouble => OnTheWay(trouble) ?? "well",
            _ => rule.SilentFor is null ? "well" : HeardWords(in state),
        };
        return state.TooShort == 0 ? now
            : $"{now}; below {(rule.After > TimeSpan.Zero ? "after" : "times")}: {InWords.Count(state.TooShort, "time")}, "
                + $"last {LastTooShort(state.LastTooShort)}";
    }

    private protected override long? DueIn(ref readonly State state)
    {
        long? first = state.Silence.IsSet ? state.Silence.Left(this) : null;
        if (state.Trouble is not { } trouble) return first;
        if (trouble.Well.IsSet) first = Math.Min(first ?? long.MaxValue, trouble.Well.Left(this));
        foreach (ref readonly Trouble.Rung rung in trouble.Rungs.AsSpan())
            if (rung.Enough.IsSet) first = Math.Min(first ?? long.MaxValue, rung.Enough.Left(this));
        return first;
    }

    string Open(Trouble trouble)
    {
        string open = $"open: {trouble.Severity}{(trouble.Unheard ? ", not heard since the start" : "")}";
        if (trouble.TimesWell == 0) return OnTheWay(trouble) is { } worse ? $"{open}; {worse}" : open;
        List<string> well = [];
        if (trouble.Well.IsSet) well.Add(InWords.Run(rule.ClearAfter, trouble.Well.Left(this)));
        if (rule.ClearTimes > 1) well.Add($"{trouble.TimesWell} of {InWords.Count(rule.ClearTimes, "time")}");
        return $"{open}, well for {string.Join(" and ", well)}";
    }

    // The worst that holds and does not count yet.
    string? OnTheWay(Trouble trouble)
    {
        for (int rank = trouble.Rungs.Length; rank > trouble.Open; rank--)
        {
            ref readonly Trouble.Rung rung = ref trouble.Rungs[rank - 1];
            if (!rung.Holds) continue;
            List<string> holds = [];
            if (rung.Enough.IsSet) holds.Add(InWords.Run(rule.After, rung.Enough.Left(this)));
            if (rule.Times > 1) holds.Add($"{rung.Times} of {InWords.Count(rule.Times, "time")}");
            return $"{rung.Severity} for {string.Join(" and ", holds)}";
        }
        return null;
    }

    string HeardWords(ref readonly State state)
    {
        if (!state.Silence.IsSet) return "not watched until it is heard";
        long left = state.Silence.Left(this);
        string heard = Kept(in state).Description == Unheard.NeverSeen
            ? "never heard" : $"heard {InWords.Time(rule.SilentFor!.Value.Ticks - left)} ago";
        return $"{heard}, opens in {InWords.Time(left)}";
    }

    string LastTooShort(long time)
    {
        DateTimeOffset last = EventRules.ToTime(time), now = EventRules.ToTime(UtcNow);
        return last.UtcDateTime.ToString(last.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm" : "yyyy-MM-dd HH:mm",
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
