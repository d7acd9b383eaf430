using Godot.Alerting;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

/// <summary>Events such as a reactor's outputs may have to tell of. Host and service are those that its filters name.</summary>
static class SampleEvents
{
    public static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Kind, Event Event)> For(Recipe recipe)
    {
        Event e = new() { Host = "host.example.com", Service = "service", Time = Time, Description = "Made up.", Tags = ["made-up"],
            Metric = 90, Ttl = TimeSpan.FromMinutes(1) };
        foreach (FilterStep step in recipe.Steps().OfType<FilterStep>())
        {
            if (step.Filter.Only is (FieldSet.Host, var host)) e = e with { Host = host };
            if (step.Filter.Only is (FieldSet.Service, var service)) e = e with { Service = service };
        }
        yield return ("a firing", e with { State = "critical" });
        yield return ("a resolved", e with { State = "ok", Metric = 1 });
        yield return ("an empty", new Event { Time = Time });
    }

    /// <summary>What a reactor's outputs may have to tell of: incidents, if it has an alert.</summary>
    public static IEnumerable<(string Kind, Func<Notification> Notification)> Notifications(string reactor, Recipe recipe) =>
        For(recipe).Select(one => (one.Kind, (Func<Notification>)(() => recipe.Steps().OfType<AlertStep>().FirstOrDefault() is { } alert
            ? Of(one.Event, reactor, alert.Rule) : new Notification(reactor, [one.Event]))));

    static Notification Of(Event e, string reactor, AlertRule rule)
    {
        bool ended = e.State == "ok";
        Incident incident = new()
        {
            Id = new string('0', 32),
            Reactor = reactor,
            Step = "alert",
            Key = [new("host", e.Host ?? ""), new("service", e.Service ?? "")],
            Episode = 1,
            Severity = rule.SeverityOf(rule.Ranks),
            Opening = e,
            Latest = e,
            Opened = Time,
            Lasted = ended ? TimeSpan.FromMinutes(35) : TimeSpan.Zero,
            Ended = ended ? "recovered" : null,
            Labels = rule.Labels,
        };
        return new Notification(reactor, [e])
        {
            Kind = NotificationKind.Alert,
            Notices = [new(ended ? Transition.Resolved : Transition.Opened, incident) { Text = rule.Text?.Invoke(incident) }],
        };
    }
}
