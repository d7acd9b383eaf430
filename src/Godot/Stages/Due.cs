namespace Godot.Stages;

/// <summary>
/// A moment that is awaited. Time in which the monitor was stalled, or overloaded, and could hear nobody, does not count; but overload
/// counts beyond <see cref="LaneClock.MostOverload"/>: what is silent must be told of some day.
/// </summary>
readonly struct Due
{
    // By Stage.Awake, which begins with the engine: what was overdue when it was loaded lies before zero. Zero: not set. And how long the
    // engine had been overloaded when it was set.
    readonly long moment, overloaded;

    Due(long moment, long overloaded) => (this.moment, this.overloaded) = (moment == 0 ? -1 : moment, overloaded);

    /// <summary>So many times 100 ns from now; if it is less than zero, it has come.</summary>
    public static Due In(Stage stage, long time) => new(stage.Awake + time, stage.Host.Time.Overloaded);

    public bool IsSet => moment != 0;

    /// <summary>True if it has come, and whatever arrived before it has been heard.</summary>
    public bool HasCome(Stage stage) => IsSet && (stage.Heard >= moment || LeftOverloaded(stage) <= 0);

    /// <summary>In how many times 100 ns it comes, if nothing waits to be heard then; not more than zero: it does as soon as what waits has
    /// been.</summary>
    public long Left(Stage stage) => Math.Min(moment - stage.Awake, LeftOverloaded(stage));

    /// <summary>When it has come: how long the monitor was overloaded meanwhile, if it may not have heard what came; otherwise
    /// zero.</summary>
    public TimeSpan Unheard(Stage stage) =>
        stage.Heard >= moment ? TimeSpan.Zero : new TimeSpan(stage.Host.Time.Overloaded - overloaded);

    long LeftOverloaded(Stage stage) =>
        moment + overloaded + LaneClock.MostOverload.Ticks - (stage.Awake + stage.Host.Time.Overloaded);
}
