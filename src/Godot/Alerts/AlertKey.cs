using System.Globalization;
using Godot.Common;

namespace Godot.Alerting;

/// <summary>Whose an incident is, over restarts: a reactor, an alert in it, a key.</summary>
readonly record struct AlertKey(string Reactor, string Step, KeyName Key)
{
    /// <summary>A text that no other has.</summary>
    public override string ToString() => $"{Reactor.Length}:{Reactor}{Step.Length}:{Step}{Key}";

    public static string TextOf(KeptIncident kept) =>
        new AlertKey(kept.Incident.Reactor, kept.Incident.Step, kept.Key).ToString();

    /// <summary>The id of an incident whose number is not known.</summary>
    public string IncidentAt(DateTimeOffset opened, long level) =>
        Digest.Of(string.Create(CultureInfo.InvariantCulture, $"{this} at {UtcText.Exact(opened)} {level}"));

    /// <summary>The id of its incident number so many.</summary>
    public string Incident(int episode) => Digest.Of(string.Create(CultureInfo.InvariantCulture, $"{this} {episode}"));
}
