using Godot.Alerting;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

/// <summary>Finds alerts that never open or never end, and policies that tell nobody, as far as the recipe says it.</summary>
static class AlertDoubts
{
    /// <summary>What is certain.</summary>
    public static IEnumerable<string> Problems(Recipe recipe)
    {
        Step[] way = [.. Way(recipe)];
        if (way.OfType<AlertStep>().FirstOrDefault() is not { } alert) yield break;
        foreach (Step step in Before(alert, way))
        {
            if (PassedBy(step)?.Only is not (FieldSet.State, var state)) continue;
            if (alert.Rule is StateRule && StateRule.IsWell(state))
                yield return $"{alert} never opens: {step} lets nothing through but \"{state}\", which is well.";
            if (alert.Rule is SilenceRule && state == SilenceRule.Severity)
                yield return $"{alert} never opens: {step} lets nothing through but \"{state}\", which is not a sign of life.";
        }
        foreach (NotifyStep notify in way.OfType<NotifyStep>())
        {
            if (notify.Audience.On is { } on && !on.Any(severity => MaySay(alert.Rule, severity)))
                yield return $"{notify} tells nobody: {alert} never says {string.Join(" or ", on)}.";
            foreach (Policy policy in notify.Audience.Policy.All().Where(IsAlwaysMuted))
                yield return $"{policy} tells nobody: its windows leave no time of the week.";
        }
    }

    /// <summary>What is probably not meant.</summary>
    public static IEnumerable<string> Warnings(Recipe recipe)
    {
        Step[] way = [.. Way(recipe)];
        if (way.OfType<AlertStep>().FirstOrDefault() is not { } alert) yield break;
        if (!way.Any(step => step is NotifyStep or OutputStep))
            yield return $"{alert} tells nobody: write an output behind it, such as .Email(…), or .Notify(policy).";
        // What says itself when it is well again, or ends by silence, ends.
        if (alert.Rule is SilenceRule or ConditionRule { Clear: not null } or { NoData: { After: not null, Opening: false } }) yield break;
        foreach (Step step in Before(alert, way))
            if (HidesTheEnd(step))
                yield return $"{alert} may never end: {step} keeps from it the events that say that it is well. Leave that out, and say it "
                    + "in the alert's conditions.";
    }

    /// <summary>The verbs on the way, with those inside scopes; not what stands beside it.</summary>
    static IEnumerable<Step> Way(Recipe recipe) =>
        recipe.Steps().SelectMany(step => step is ScopeStep or InnerStep ? step.Inners.SelectMany(inner => Way(inner.Recipe)) : [step]);

    // Up to the last that may make other events of them.
    static IEnumerable<Step> Before(AlertStep alert, Step[] way) =>
        way.TakeWhile(step => step != alert).Reverse().TakeWhile(step => step is not (StageStep { Keeps: FieldSet.None } or SplitStep
            or ExceptionStep)).Reverse();

    static Filter? PassedBy(Step step) => step is FilterStep { Filter: var filter } ? filter : (step as StageStep)?.Gives;

    static bool HidesTheEnd(Step step) => PassedBy(step)?.Metrics is not null
        || (step is StageStep stage
            && (stage.Gives is not null || stage.Text.Split('(')[0] is nameof(Reactor.For) or nameof(Reactor.Hysteresis)));

    static bool MaySay(AlertRule rule, string severity) => rule switch
    {
        StateRule => !StateRule.IsWell(severity),
        _ => Enumerable.Range(1, rule.Ranks).Select(rule.SeverityOf).Concat(rule.NoData.Opening ? [AlertStage.NoDataCame] : [])
            .Contains(severity, StringComparer.OrdinalIgnoreCase),
    };

    // From the end of one window to the end of the next, for longer than a week with its change of clocks.
    static bool IsAlwaysMuted(Policy policy)
    {
        DateTimeOffset at = SampleEvents.Time, end = at + TimeSpan.FromDays(8);
        while (at < end)
        {
            if (policy.Windows.Max(window => window.EndAt(at)) is not { } next) return false;
            at = next;
        }
        return true;
    }
}
