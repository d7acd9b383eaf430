using System.Runtime.CompilerServices;
using Godot.Alerting;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Opens an incident when a condition has held for long enough, and ends it when all has been well for long enough:
    /// <c>Alert(critical: e => e.Metric > 95, warning: e => e.Metric > 90, clear: e => e.Metric &lt; 80, after: 5 * minutes)</c>. Without
    /// conditions it goes by the events' own state: <c>ok</c>, <c>up</c>, <c>normal</c> and <c>resolved</c> are well, in any case; no state
    /// says nothing; any other word opens an incident of that severity. It emits no events: what follows says who is told. Scope: each
    /// series.
    /// </summary>
    /// <remarks>
    /// <para>A severity counts once it, or a worse one, has held for <paramref name="after"/> and been said by <paramref name="times"/>
    /// events, without a break. An event that is neither bad nor clear begins that anew, and changes nothing once the incident is open. The
    /// incident keeps its worst severity to its end.</para>
    /// <para>Without <paramref name="clear"/>, an event is well if it is neither critical nor a warning; but one that has no metric does
    /// not end what an event with a metric opened. Bad again within <paramref name="clearAfter"/> is the same incident.</para>
    /// <para>A reactor with an alert needs a name. The incident outlives a restart if the engine has a store. Times are of arrival; time in
    /// which this monitor was itself stalled or overloaded does not count. Memory: little per key, and the last event of one that is not
    /// well. A key with an open incident is not forgotten; one that is silent for <see cref="EngineOptions.ForgetAfter"/> ends.</para>
    /// </remarks>
    /// <param name="critical">What is critical. If it throws, the event is lost in this reactor, and counted; so with the others.</param>
    /// <param name="warning">What is bad, and not as bad.</param>
    /// <param name="clear">What is well again.</param>
    /// <param name="after">For how long it must be bad. Default zero.</param>
    /// <param name="clearAfter">For how long it must be well. Default zero.</param>
    /// <param name="times">How many events in a row must say that it is bad. Default 1.</param>
    /// <param name="clearTimes">How many must say that it is well. Default 1.</param>
    /// <param name="noData">What becomes of a key that says nothing any more. Default: an open incident stays open.</param>
    /// <param name="flapping">
    /// A key that opens more often than this in so long a time is one open incident, and ends when all has been well for as long. Default:
    /// five times in an hour. Zero openings: never.
    /// </param>
    /// <param name="labels">Names and values that silences go by and notices show.</param>
    /// <param name="owner">Who looks after it.</param>
    /// <param name="runbook">Where it says what to do, such as a link.</param>
    /// <param name="text">
    /// Makes the text of a notice, of the incident alone: the engine decides meanwhile. If it throws, or all texts of the rule take more
    /// than a second in a minute, ours is sent, and says so.
    /// </param>
    /// <param name="criticalText">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <param name="warningText">The same.</param>
    /// <param name="clearText">The same.</param>
    /// <exception cref="ArgumentException">
    /// It could never end, a time is negative, a number less than one, or only <paramref name="clear"/> was given.
    /// </exception>
    public AlertReactor Alert(Func<EventView, bool>? critical = null, Func<EventView, bool>? warning = null,
        Func<EventView, bool>? clear = null, TimeSpan after = default, TimeSpan clearAfter = default, int times = 1, int clearTimes = 1,
        NoData? noData = null, (int Openings, TimeSpan Within)? flapping = null, IEnumerable<(string Name, string Value)>? labels = null,
        string? owner = null, string? runbook = null, Func<Incident, string>? text = null,
        [CallerArgumentExpression(nameof(critical))] string criticalText = "",
        [CallerArgumentExpression(nameof(warning))] string warningText = "",
        [CallerArgumentExpression(nameof(clear))] string clearText = "")
    {
        List<(string, Func<EventView, bool>)> levels = [];
        List<string> texts = [];
        if (critical is not null)
        {
            levels.Add(("critical", critical));
            texts.Add($"critical: {criticalText}");
        }
        if (warning is not null)
        {
            levels.Add(("warning", warning));
            texts.Add($"warning: {warningText}");
        }
        if (clear is not null) texts.Add($"clear: {clearText}");
        if (levels.Count == 0 && clear is not null)
            throw new ArgumentException("Clear ends what critical or warning begins; say one of them, too.", nameof(clear));
        AlertRule rule = levels.Count > 0 ? Conditions(levels, clear) : new StateRule();
        if (rule is StateRule) RefuseEndless();
        rule = Held(rule, texts, after, clearAfter, times, clearTimes);
        return Alert(rule, texts, noData, flapping, labels, owner, runbook, text);
    }

    /// <summary>
    /// The same with severities of your own, the worst first: <c>Alert([("page", e => e.Metric > 95), ("ticket", e => e.Metric > 90)])</c>.
    /// </summary>
    /// <remarks>
    /// A severity counts once it, or a worse one, has held for <paramref name="after"/> and been said by <paramref name="times"/> events,
    /// without a break. Without <paramref name="clear"/>, an event is well if it is none of them.
    /// </remarks>
    /// <param name="levels">Each severity and what is so bad. At most eight.</param>
    /// <param name="clear">What is well again.</param>
    /// <param name="after">For how long it must be bad. Default zero.</param>
    /// <param name="clearAfter">For how long it must be well. Default zero.</param>
    /// <param name="times">How many events in a row must say that it is bad. Default 1.</param>
    /// <param name="clearTimes">How many must say that it is well. Default 1.</param>
    /// <param name="noData">What becomes of a key that says nothing any more. Default: an open incident stays open.</param>
    /// <param name="flapping">
    /// A key that opens more often than this in so long a time is one open incident, and ends when all has been well for as long. Default:
    /// five times in an hour. Zero openings: never.
    /// </param>
    /// <param name="labels">Names and values that silences go by and notices show.</param>
    /// <param name="owner">Who looks after it.</param>
    /// <param name="runbook">Where it says what to do, such as a link.</param>
    /// <param name="text">
    /// Makes the text of a notice, of the incident alone: the engine decides meanwhile. If it throws, or all texts of the rule take more
    /// than a second in a minute, ours is sent, and says so.
    /// </param>
    /// <param name="levelsText">How the recipe's text shows them; the compiler fills it in.</param>
    /// <param name="clearText">The same.</param>
    /// <exception cref="ArgumentException">There are none or too many, a time is negative, or a number less than one.</exception>
    public AlertReactor Alert(IReadOnlyList<(string Severity, Func<EventView, bool> When)> levels, Func<EventView, bool>? clear = null,
        TimeSpan after = default, TimeSpan clearAfter = default, int times = 1, int clearTimes = 1, NoData? noData = null,
        (int Openings, TimeSpan Within)? flapping = null, IEnumerable<(string Name, string Value)>? labels = null, string? owner = null,
        string? runbook = null, Func<Incident, string>? text = null, [CallerArgumentExpression(nameof(levels))] string levelsText = "",
        [CallerArgumentExpression(nameof(clear))] string clearText = "")
    {
        ArgumentNullException.ThrowIfNull(levels);
        RecipeRules.Between(1, 8, levels.Count, "The number of Alert's levels", nameof(levels));
        foreach ((string severity, Func<EventView, bool> when) in levels)
        {
            RecipeRules.NotEmpty(severity, "A severity", nameof(levels));
            ArgumentNullException.ThrowIfNull(when, nameof(levels));
        }
        List<string> texts = [levelsText];
        if (clear is not null) texts.Add($"clear: {clearText}");
        AlertRule rule = Held(Conditions(levels, clear), texts, after, clearAfter, times, clearTimes);
        return Alert(rule, texts, noData, flapping, labels, owner, runbook, text);
    }

    /// <summary>
    /// Opens an incident, <c>expired</c>, when nothing has come for so long, and ends it when something does:
    /// <c>Alert(silentFor: minute)</c>.
    /// It watches as <c>Expire</c> does. Scope: each series.
    /// </summary>
    /// <param name="silentFor">How long a silence may be.</param>
    /// <param name="grace">Added to that. Default zero.</param>
    /// <param name="expecting">Series that must exist: one that no event came of within that time after the start opens, too.</param>
    /// <param name="clearAfter">For how long it must be heard again. Default zero.</param>
    /// <param name="clearTimes">How many events must come for it to be well. Default 1.</param>
    /// <param name="flapping">
    /// A key that opens more often than this in so long a time is one open incident, and ends when all has been well for as long. Default:
    /// five times in an hour. Zero openings: never.
    /// </param>
    /// <param name="labels">Names and values that silences go by and notices show.</param>
    /// <param name="owner">Who looks after it.</param>
    /// <param name="runbook">Where it says what to do, such as a link.</param>
    /// <param name="text">
    /// Makes the text of a notice, of the incident alone: the engine decides meanwhile. If it throws, or all texts of the rule take more
    /// than a second in a minute, ours is sent, and says so.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The silence is not longer than zero, another time is negative, or a filter before it drops an expected series.
    /// </exception>
    public AlertReactor Alert(TimeSpan silentFor, TimeSpan grace = default, IEnumerable<(string Host, string Service)>? expecting = null,
        TimeSpan clearAfter = default, int clearTimes = 1, (int Openings, TimeSpan Within)? flapping = null,
        IEnumerable<(string Name, string Value)>? labels = null, string? owner = null, string? runbook = null,
        Func<Incident, string>? text = null)
    {
        RecipeRules.Positive(silentFor, "Alert's silentFor", nameof(silentFor));
        RecipeRules.NotNegative(grace, "Alert's grace", nameof(grace));
        (string Host, string Service)[] expected = expecting is null ? [] : [.. expecting.Distinct()];
        foreach ((string host, string service) in expected) CheckReaches(host, service);
        List<string> texts = [$"silentFor: {RecipeText.Of(silentFor)}"];
        if (grace > TimeSpan.Zero) texts.Add($"grace: {RecipeText.Of(grace)}");
        if (expected.Length > 0) texts.Add($"expecting: [{string.Join(", ", expected.Select(Shown))}]");
        AlertRule rule = Held(new SilenceRule { SilentFor = silentFor + grace }, texts, default, clearAfter, 1, clearTimes);
        return Alert(rule, texts, null, flapping, labels, owner, runbook, text, expected);
    }

    static ConditionRule Conditions(IEnumerable<(string Severity, Func<EventView, bool> When)> levels, Func<EventView, bool>? clear) =>
        new([.. levels.Select(level => (level.Severity, (Filter)new FunctionFilter(level.When)))],
            clear is null ? null : new FunctionFilter(clear));

    static AlertRule Held(AlertRule rule, List<string> texts, TimeSpan after, TimeSpan clearAfter, int times, int clearTimes)
    {
        RecipeRules.NotNegative(after, "Alert's after", nameof(after));
        RecipeRules.NotNegative(clearAfter, "Alert's clearAfter", nameof(clearAfter));
        RecipeRules.AtLeast(1, times, "Alert's times", nameof(times));
        RecipeRules.AtLeast(1, clearTimes, "Alert's clearTimes", nameof(clearTimes));
        if (after > TimeSpan.Zero) texts.Add($"after: {RecipeText.Of(after)}");
        if (clearAfter > TimeSpan.Zero) texts.Add($"clearAfter: {RecipeText.Of(clearAfter)}");
        if (times > 1) texts.Add($"times: {times}");
        if (clearTimes > 1) texts.Add($"clearTimes: {clearTimes}");
        return rule with { After = after, ClearAfter = clearAfter, Times = times, ClearTimes = clearTimes };
    }

    AlertReactor Alert(AlertRule rule, List<string> texts, NoData? noData, (int Openings, TimeSpan Within)? flapping,
        IEnumerable<(string Name, string Value)>? labels, string? owner, string? runbook, Func<Incident, string>? text,
        IReadOnlyList<(string Host, string Service)>? expecting = null)
    {
        (int openings, TimeSpan within) = flapping ?? (rule.MostOpenings, rule.FlapTime);
        RecipeRules.AtLeast(0, openings, "Alert's number of openings", nameof(flapping));
        RecipeRules.Positive(within, "The time in which Alert counts openings", nameof(flapping));
        rule = rule with
        {
            NoData = noData ?? NoData.Keep,
            MostOpenings = openings == 0 ? int.MaxValue : openings,
            FlapTime = within,
            Labels = new([.. (labels ?? []).Select(label => KeyValuePair.Create(label.Name, label.Value))], owner, runbook),
            Text = text,
        };
        return new(this, new AlertStep($"Alert({string.Join(", ", texts)})", rule) { Expecting = expecting ?? [] });
    }

    // What lets only bad events pass hides the one that would end it.
    void RefuseEndless()
    {
        foreach (Step step in Steps())
        {
            Filter? passes = step is FilterStep { Filter: var filter } ? filter : (step as StageStep)?.Gives;
            if (passes?.Only is not (FieldSet.State, var state) || StateRule.IsWell(state)) continue;
            throw new ArgumentException(step is StageStep
                ? $"After {step} an alert could never end: the event that is heard again does not come through. "
                + "Write Alert(silentFor: …) instead of both."
                : $"Behind {step} an alert could never end: events that say it is well do not come through. Leave that filter out: Alert() "
                + $"opens for \"{state}\" by itself, and Notify(…, on: \"{state}\") tells of it alone.", "recipe");
        }
    }
}
