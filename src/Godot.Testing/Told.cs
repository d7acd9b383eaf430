namespace Godot;

/// <summary>What somebody was told in a test of alerts.</summary>
/// <param name="At">How long after the test began.</param>
/// <param name="Channel">Who: <c>email:ops@host.com</c>.</param>
/// <param name="Notification">What.</param>
public sealed record Told(TimeSpan At, string Channel, Notification Notification)
{
    /// <summary>Its notices in a line: <c>opened critical cpu app; opened critical cpu web</c>.</summary>
    public string Text => string.Join("; ", Notification.Notices.Select(notice => notice.Title));

    /// <inheritdoc/>
    public override string ToString() => $"{Channel}: {Text}";
}
