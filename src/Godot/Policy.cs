using Godot.Alerting;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// Who is told of incidents, when, again, and who is next: <c>Policy.Email("ops@host.com").Group("host", wait: …).Repeat(every: …)</c>.
/// Immutable. Alerts of many rules may notify one policy; a group holds the incidents of all of them.
/// </summary>
/// <remarks>The order of its members means nothing. The last of a kind counts, but outputs, steps and windows add up.</remarks>
public sealed class Policy : IOutputs<Policy>
{
    /// <summary>The policy that tells nobody yet.</summary>
    internal static readonly Policy Nobody = new();

    Policy()
    {
    }

    Policy(Policy other) =>
        (Outputs, GroupBy, Wait, Interval, Every, Steps, Windows, Spare) =
        (other.Outputs, other.GroupBy, other.Wait, other.Interval, other.Every, other.Steps, other.Windows, other.Spare);

    internal IReadOnlyList<OutputStep> Outputs { get; private init; } = [];

    /// <summary>Null: each incident is told by itself.</summary>
    internal Fields? GroupBy { get; private init; }

    internal TimeSpan Wait { get; private init; }

    internal TimeSpan Interval { get; private init; }

    internal TimeSpan? Every { get; private init; }

    internal IReadOnlyList<(TimeSpan After, Policy Policy)> Steps { get; private init; } = [];

    internal IReadOnlyList<Window> Windows { get; private init; } = [];

    /// <summary>Who is told what a channel of this policy refuses for good; null: nobody.</summary>
    internal Policy? Spare { get; private init; }

    /// <summary>This policy, and those that it leads to.</summary>
    internal IEnumerable<Policy> All() =>
        Steps.SelectMany(step => step.Policy.All()).Concat(Spare?.All() ?? []).Prepend(this);

    /// <summary>Begins with an output of your own.</summary>
    public static Policy To(OutputRecipe output) => Nobody.To(output);

    /// <summary>
    /// Incidents with the same values of these fields in the events that opened them are told together: the first message waits, so that
    /// what opens with it stands in it; after that changes are gathered. That an incident got worse, and the end of the group's last one,
    /// are told at once. An incident that is over before the wait is, is not told at all.
    /// </summary>
    /// <param name="fields">One field or several; none: all incidents are one group.</param>
    /// <param name="wait">How long the first message waits. Default: 30 seconds.</param>
    /// <param name="interval">How long after a message the next change is told, at the earliest. Default: five minutes.</param>
    /// <exception cref="ArgumentException">A time is negative.</exception>
    public Policy Group(Fields fields, TimeSpan? wait = null, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        (TimeSpan first, TimeSpan next) = (wait ?? TimeSpan.FromSeconds(30), interval ?? TimeSpan.FromMinutes(5));
        RecipeRules.NotNegative(first, "Group's wait", nameof(wait));
        RecipeRules.NotNegative(next, "Group's interval", nameof(interval));
        return new(this) { GroupBy = fields, Wait = first, Interval = next };
    }

    /// <summary>Tells again, for as long as an incident is open and nobody has acknowledged it.</summary>
    /// <param name="every">How long after the last notice.</param>
    /// <exception cref="ArgumentException">The time is not longer than zero.</exception>
    public Policy Repeat(TimeSpan every)
    {
        RecipeRules.Positive(every, "Repeat's time", nameof(every));
        return new(this) { Every = every };
    }

    /// <summary>
    /// Tells others as well, unless the incident is acknowledged or over by then. Their policy may have steps of its own, counted from its
    /// own first notice.
    /// </summary>
    /// <param name="after">How long after the first notice of this policy.</param>
    /// <param name="next">Who is told then.</param>
    /// <exception cref="ArgumentException">The time is negative.</exception>
    public Policy Escalate(TimeSpan after, Policy next)
    {
        ArgumentNullException.ThrowIfNull(next);
        RecipeRules.NotNegative(after, "Escalate's time", nameof(after));
        return new(this) { Steps = [.. Steps, (after, next)] };
    }

    /// <summary>
    /// Tells others what a channel of this policy refuses for good, such as a mail to somebody who is gone, or has no room for; what merely
    /// fails is tried again. <c>Policy.Email("ops@host.com").Fallback(Policy.Sms("+49 …"))</c>.
    /// </summary>
    /// <param name="policy">Who is told then, at once: outputs alone.</param>
    /// <exception cref="ArgumentException">The policy tells nobody, or says when.</exception>
    public Policy Fallback(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Outputs.Count == 0)
            throw new ArgumentException("The fallback tells nobody; give it an output: Policy.Sms(\"+49 …\").", nameof(policy));
        if (!policy.IsOutputsAlone)
            throw new ArgumentException("A fallback is told at once what another refused: give it outputs alone, no Group, Repeat, "
                + "Escalate, Mute or Fallback.", nameof(policy));
        return new(this) { Spare = policy };
    }

    /// <summary>
    /// Says nothing during a window, but the end of what was told before. What still burns at its end is told then, with a word on why it
    /// comes late.
    /// </summary>
    public Policy Mute(Window window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return new(this) { Windows = [.. Windows, window] };
    }

    /// <summary>True if it says nothing of when, nor of who is next.</summary>
    internal bool IsOutputsAlone => !Timing.Any() && Steps.Count + Windows.Count == 0 && Spare is null;

    /// <summary>A policy that tells by one output, at once and once.</summary>
    internal static Policy Of(OutputStep output) => new(Nobody) { Outputs = [output] };

    Policy IOutputs<Policy>.Add(OutputStep output) => new(this) { Outputs = [.. Outputs, output] };

    /// <summary>The policy as it was written.</summary>
    public override string ToString()
    {
        string[] steps = [.. Steps.Select(step => $"Escalate({RecipeText.Of(step.After)}, {step.Policy})")];
        string[] spare = Spare is null ? [] : [$"Fallback({Spare})"];
        return $"Policy.{string.Join('.', [.. Outputs.Select(output => output.Text), .. Timing, .. steps, .. Mutes, .. spare])}";
    }

    /// <summary>What says when it tells, each as it was written.</summary>
    internal IEnumerable<string> Timing
    {
        get
        {
            if (GroupBy is not null) yield return $"Group({GroupBy}, wait: {RecipeText.Of(Wait)}, interval: {RecipeText.Of(Interval)})";
            if (Every is { } every) yield return $"Repeat({RecipeText.Of(every)})";
        }
    }

    /// <summary>What says when it does not, each as it was written.</summary>
    internal IEnumerable<string> Mutes => Windows.Select(window => $"Mute({window})");
}
