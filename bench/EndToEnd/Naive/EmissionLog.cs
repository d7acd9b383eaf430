namespace Godot.Bench;

/// <summary>What our engine emitted, in order.</summary>
sealed class EmissionLog(Func<double> now)
{
    public List<Emission> Emissions { get; } = [];

    public void Add(EventView e) => Emissions.Add(new Emission(e.Host, e.Service, e.State, e.Description, e.Metric, now()));
}

/// <summary>Writes down what reaches it. One for everything that a reactor emits, so that it sees the order.</summary>
sealed class EmissionStage(EmissionLog log) : Stage
{
    public override void On(EventView e) => log.Add(e);
}
