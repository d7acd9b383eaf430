namespace Godot.Statistics;

/// <summary>Periods of time that follow each other without a gap, from a beginning on.</summary>
struct Periods
{
    long began;
    bool running;

    /// <summary>The first call, or the first after <see cref="Restart"/>, begins the first period.</summary>
    public void Begin(long now)
    {
        if (!running) (began, running) = (now, true);
    }

    /// <summary>Begins anew, maybe with periods of another length.</summary>
    public void Restart(long now) => (began, running) = (now, true);

    /// <summary>How long it is until the period ends. A period that ends now is over, and the next one is meant.</summary>
    public readonly TimeSpan UntilNext(long now, TimeSpan length) => length - new TimeSpan((now - began) % length.Ticks);

    public readonly void Save(StateWriter writer)
    {
        writer.Write(running);
        writer.WriteMoment(began);
    }

    public void Load(StateReader reader) => (running, began) = (reader.ReadBoolean(), reader.ReadMoment());
}
