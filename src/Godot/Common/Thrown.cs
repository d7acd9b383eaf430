namespace Godot.Common;

/// <summary>What strangers' exceptions say. Their own code runs when they are asked, and may throw again.</summary>
static class Thrown
{
    /// <summary>An exception's message, or why it cannot be read.</summary>
    public static string MessageOf(Exception thrown)
    {
        try
        {
            return thrown.Message;
        }
        catch (Exception another)
        {
            return $"{thrown.GetType().Name} (its message cannot be read: that throws {another.GetType().Name})";
        }
    }

    /// <summary>The exception, or, if a log could not write it, one that says so in its place.</summary>
    public static Exception Readable(Exception thrown)
    {
        try
        {
            _ = thrown.ToString();
            return thrown;
        }
        catch (Exception)
        {
            return new InvalidOperationException($"{thrown.GetType()} (its text cannot be read: that throws)");
        }
    }
}
