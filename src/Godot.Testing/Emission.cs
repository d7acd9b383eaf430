namespace Godot;

/// <summary>An event that was handed to a recipe under test.</summary>
/// <param name="At">When, counted from the start of the test.</param>
/// <param name="Event">The event.</param>
public sealed record Arrival(TimeSpan At, Event Event);

/// <summary>What a recipe under test emitted.</summary>
/// <param name="At">When, counted from the start of the test.</param>
/// <param name="Events">One event, or the batch.</param>
public sealed record Emission(TimeSpan At, IReadOnlyList<Event> Events);

/// <summary>What an output of a recipe under test would have been handed.</summary>
/// <param name="At">When, counted from the start of the test.</param>
/// <param name="Output">The output.</param>
/// <param name="Events">One event, or the batch.</param>
public sealed record Sending(TimeSpan At, OutputRecipe Output, IReadOnlyList<Event> Events);

/// <summary>A reactor did not do what its test says.</summary>
public sealed class ReactorTestException : Exception
{
    internal ReactorTestException(string message, Exception? inner) : base(message, inner)
    {
    }

    internal static void ThrowIfLeftOut(IReadOnlyList<CarriedState> saved)
    {
        if (saved.FirstOrDefault(state => state.LeftOut is not null) is { } left)
            throw new ReactorTestException($"What this verb held was left out: {left}", null);
    }
}
