namespace Godot;

/// <summary>Whose events a stage looks at together.</summary>
public enum Scope
{
    /// <summary>No other event than the one it is handed: it runs wherever its neighbours do.</summary>
    Event,

    /// <summary>Each (host, service) by itself, or the tuple of the <c>By</c> that it stands in.</summary>
    Series,

    /// <summary>All that reaches it, or the tuple of the <c>By</c> that it stands in.</summary>
    All,
}
