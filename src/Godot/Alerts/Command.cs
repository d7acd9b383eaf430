using System.Globalization;
using Godot.Common;
using Godot.Events;

namespace Godot.Alerting;

/// <summary>What became of a command.</summary>
/// <param name="Incidents">
/// Those that it was done to; of a silence, the open ones that it hushes now. Null: there was nothing to do it to, or it came before.
/// </param>
/// <param name="IsRepeated">It came before, and so did nothing.</param>
sealed record Done(IReadOnlyList<Incident>? Incidents, bool IsRepeated);

/// <summary>
/// What somebody tells the desk, and how a recording says it: an event of the monitor's own, with what was said in its meta. No reactor
/// sees those; a replay carries them out.
/// </summary>
/// <param name="Service">What is to be done: one of the services below.</param>
/// <param name="Id">Tells it from other commands.</param>
/// <param name="By">Who.</param>
sealed record Command(string Service, string Id, string By)
{
    public const string Acknowledge = "godot/acknowledge", Resolve = "godot/resolve", Silence = "godot/silence",
        EndSilence = "godot/end-silence";

    /// <summary>An incident's id, a reactor's name, or the id of a silence that ends.</summary>
    public string Which { get; init; } = "";

    /// <summary>What they say to it.</summary>
    public string? Note { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>What a silence holds back.</summary>
    public Query? Query { get; init; }

    /// <summary>True if an event is a command, as a recording has it.</summary>
    public static bool IsRecorded(EventView e) =>
        e.Is(FieldSet.Service, "godot/acknowledge"u8) || e.Is(FieldSet.Service, "godot/resolve"u8)
        || e.Is(FieldSet.Service, "godot/silence"u8) || e.Is(FieldSet.Service, "godot/end-silence"u8);

    /// <summary>The silence that it asks for.</summary>
    public Silence ToSilence(DateTimeOffset now) =>
        new() { Id = Id, Query = Query!, By = By, Reason = Note, From = now, Until = Until!.Value };

    public Event ToEvent(DateTimeOffset now)
    {
        Dictionary<string, MetaValue> meta = new() { ["command"] = Id, ["by"] = By };
        if (Which.Length > 0) meta["which"] = Which;
        if (Query is not null) meta["query"] = Query.ToString();
        if (Note is not null) meta["note"] = Note;
        if (Until is { } until) meta["until"] = UtcText.Exact(until);
        return new Event { Host = Environment.MachineName, Service = Service, Time = now, Meta = meta };
    }

    /// <summary>Reads one back.</summary>
    /// <exception cref="FormatException">Something is missing, or cannot be read; the message says what.</exception>
    public static Command Of(Event e)
    {
        string? until = Text("until"), query = Text("query");
        Command command = new(e.Service!, Needed("command"), Needed("by"))
        {
            Which = e.Service == Silence ? "" : Needed("which"),
            Note = Text("note"),
            Until = until is null ? null
                : DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at
                : throw new FormatException($"Its until is not a time: {until}."),
            Query = query is null ? null : Query.Parse(query),
        };
        if (e.Service == Silence) _ = (Needed("query"), Needed("until"));
        return command;

        string? Text(string name) => e.Meta.TryGetValue(name, out MetaValue value) ? value.Text : null;

        string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw new FormatException($"Its meta has no {name}.");
    }
}
