namespace Godot.Alerting;

/// <summary>Incidents that a policy tells together.</summary>
/// <param name="policy">Who is told.</param>
/// <param name="key">The values that they have in common; of a policy that groups nothing, the incident.</param>
sealed class TellingGroup(Policy policy, string key)
{
    public Policy Policy => policy;

    public string Key => key;

    public List<Telling> Members { get; } = [];

    /// <summary>How many of them are of open incidents that were told.</summary>
    public int Open { get; set; }

    /// <summary>Those of which something has changed, to be looked at in this turn.</summary>
    public HashSet<Telling> Changed { get; } = [];

    /// <summary>Something in it is to be looked at in this turn.</summary>
    public bool IsDirty { get; set; }

    /// <summary>All are to be looked at in this turn.</summary>
    public bool IsDue { get; set; }

    /// <summary>Somebody is to be told something as soon as that may be.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Some members are to be taken out.</summary>
    public bool AnyHasLeft { get; set; }

    /// <summary>When it is looked at again; null if nothing is due.</summary>
    public TimeSpan? LooksAt { get; set; }

    /// <summary>When its first incident came.</summary>
    public TimeSpan? Began { get; set; }

    /// <summary>When it last told.</summary>
    public TimeSpan? Told { get; set; }

    /// <summary>When what need not be told at once may be.</summary>
    public TimeSpan MayTellAt => Told is { } told ? told + policy.Interval : Began!.Value + policy.Wait;
}
