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
}
