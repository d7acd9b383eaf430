using Godot.Runtime;

namespace Godot;

/// <summary>Why somebody was told, or not.</summary>
public sealed partial class Engine
{
    /// <summary>
    /// What is known of a host's service: which reactors its events reach and what stops them at the others, what each verb holds for it,
    /// its incidents with what was decided on them, and why nobody was told. Lanes are held one after the other, each for a moment.
    /// </summary>
    /// <param name="host">The host; null: events that have none.</param>
    /// <param name="service">The service; null: events that have none.</param>
    /// <exception cref="TimeoutException">A reactor has kept its lane for too long.</exception>
    public Explanation Why(string? host, string? service)
    {
        RefuseStages();
        return new Inquiry(this, host, service).Run();
    }
}
