namespace Godot.Alerting;

/// <summary>What an alert's stage says of a key when it changes.</summary>
/// <param name="Order">Of the event, or the timer, that it follows from, among those of one pass.</param>
/// <param name="Number">Higher than that of every level before of this key.</param>
/// <param name="Rank">How bad; 0 is well.</param>
/// <param name="Severity">In a word; empty if it is well.</param>
/// <param name="Because">Why.</param>
/// <param name="Event">What it follows from.</param>
/// <param name="IsRecovering">It is well again, and not yet for long enough.</param>
sealed record Level((long, long) Order, long Number, int Rank, string Severity, string Because, Event Event, bool IsRecovering = false);
