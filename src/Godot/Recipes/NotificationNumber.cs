using System.Globalization;
using Godot.Common;

namespace Godot.Recipes;

/// <summary>What the id of a notification is made of: a few numbers, as long as nobody asks for its text.</summary>
/// <param name="Time">When it was made, in milliseconds.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Count">How many that had made before.</param>
readonly record struct NotificationNumber(long Time, ulong Source, long Count)
{
    // 40 bits each; more notifications than that are not sent in a lifetime.
    const long Bits = 0xff_ffff_ffff;

    /// <summary>32 letters and digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time:x12}{Source & Bits:x10}{Count & Bits:x10}");
}

/// <summary>
/// Numbers notifications. By a clock that is moved by hand the numbers are the same each time; otherwise no other source has any of them.
/// </summary>
sealed class NotificationNumbers(TimeProvider clock)
{
    /// <summary>For those that no engine made: a program tries its output.</summary>
    public static readonly NotificationNumbers ByHand = new(TimeProvider.System);

    readonly ulong source = clock == TimeProvider.System ? Entropy.Next() : (ulong)clock.GetUtcNow().Ticks;
    long count;

    public NotificationNumber Next() => new(clock.GetUtcNow().ToUnixTimeMilliseconds(), source, Interlocked.Increment(ref count));
}
