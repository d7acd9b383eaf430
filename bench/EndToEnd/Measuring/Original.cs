namespace Godot.Bench;

/// <summary>
/// The system of 2013 in a process of its own, with the same reactors in its own words: see bench/load/original/server.js.
/// </summary>
sealed class Original : IDisposable
{
    readonly Child child;

    public Original(Files files, string reactors)
    {
        child = Child.Start("node", Path.Combine(files.Original, "server.js"), reactors);
        Port = (int)new Reading(child.ReadLine())["port"];
    }

    public int Port { get; }

    /// <summary>Events that it has handed to its first reactor.</summary>
    public double Received
    {
        get
        {
            child.Say("received");
            return new Reading(child.ReadLine())["received"];
        }
    }

    public void Dispose() => child.Dispose();
}
