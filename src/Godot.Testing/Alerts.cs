namespace Godot;

/// <summary>Tests of alerts and of who is told, in virtual time.</summary>
public static class Alerts
{
    /// <summary>Runs rules, as a program gives them to its engine: <c>Alerts.Test(engine => Rules.AddTo(engine))</c>.</summary>
    /// <param name="rules">Adds reactors and inhibitions. Called again after a crash.</param>
    /// <param name="options">Of the engine; its clock, loggers and outputs are the test's.</param>
    public static AlertTest Test(Action<Engine> rules, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new AlertTest(rules, options ?? new EngineOptions());
    }

    /// <summary>Runs one rule, of the name <c>test</c>.</summary>
    public static AlertTest Test(AlertReactor recipe, EngineOptions? options = null) => Test(engine => engine.Add(recipe, "test"), options);
}

/// <summary>What outlives a crash.</summary>
public enum Saved
{
    /// <summary>Nothing: as without a store.</summary>
    Nothing,

    /// <summary>Incidents, silences and the ledger.</summary>
    Store,

    /// <summary>Those, and what verbs hold.</summary>
    StoreAndSnapshot,
}
