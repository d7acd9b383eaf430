namespace Godot.Events;

/// <summary>How much one line, one event may be, and how it must be.</summary>
/// <param name="LineLength">The longest line in bytes, without its newline; a longer one is skipped to its newline.</param>
/// <param name="EventLength">The longest event in bytes; a longer one in a batch is rejected alone.</param>
/// <param name="NameLength">The longest host and the longest service in bytes of UTF-8; an event with a longer one is rejected.</param>
/// <param name="Depth">How deep objects and arrays may nest, the event's own braces counted.</param>
/// <param name="Strict">An event with a member of the wrong type or out of range is rejected; otherwise it is kept without it.</param>
/// <param name="FromOutside">An event whose service is one of the monitor's own is rejected; otherwise it may be a recorded one.</param>
sealed record WireLimits(int LineLength = 64 * 1024, int EventLength = 64 * 1024, int Depth = 64, int NameLength = 1024,
    bool Strict = false, bool FromOutside = false)
{
    public static readonly WireLimits Default = new();

    public int Depth { get; init; } = Depth is >= 2 and <= JsonScanner.Deepest
        ? Depth
        : throw new ArgumentOutOfRangeException(nameof(Depth), Depth,
            $"The depth must be between 2, an event with tags, and {JsonScanner.Deepest}.");
}
