using Godot.Alerting;
using Godot.Common;

namespace Godot;

public sealed partial class AlertReactor
{
    /// <summary>
    /// Tells of incidents by a policy. <c>.Email("ops@host.com")</c> is short for <c>.Notify(Policy.Email("ops@host.com"))</c>.
    /// </summary>
    /// <param name="policy">Who is told, when, and again.</param>
    /// <param name="on">
    /// Only of incidents of this severity, or these: <c>"critical, expired"</c>. One that becomes so is told then. Default: of all.
    /// </param>
    /// <exception cref="ArgumentException">The policy tells nobody.</exception>
    public AlertReactor Notify(Policy policy, string? on = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Outputs.Count == 0 && policy.Steps.Count == 0)
            throw new ArgumentException("The policy tells nobody; give it an output: Policy.Email(\"ops@host.com\").", nameof(policy));
        string[]? severities = on?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (severities is []) throw new ArgumentException("No severity is named; leave it out for all.", nameof(on));
        string text = on is null ? $"Notify({policy})" : $"Notify({policy}, on: {RecipeText.Quote(on)})";
        return Add(new NotifyStep(text, new Audience(policy, severities)));
    }
}
