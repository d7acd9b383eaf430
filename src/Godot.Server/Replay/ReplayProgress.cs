using System.Globalization;

namespace Godot;

/// <summary>A bar on a terminal that says how much was read. It is one line, written over and over, and gone at the end.</summary>
sealed class ReplayProgress(TextWriter terminal, TimeProvider clock)
{
    const int Width = 30;

    static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    long? shown;
    bool visible;

    /// <summary>Shows how far it is, if it has not done so just now.</summary>
    /// <param name="length">How many bytes there are; null if nobody knows.</param>
    public void Show(long position, long? length, long events, DateTimeOffset now)
    {
        if (shown is { } last && clock.GetElapsedTime(last) < Often) return;
        (visible, shown) = (true, clock.GetTimestamp());
        terminal.Write(
            $"\r\e[K{Bar(position, length)}{events.ToString("N0", CultureInfo.InvariantCulture)} events, "
            + $"{now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}Z");
        terminal.Flush();
    }

    /// <summary>Takes the bar away, so that other lines can be written.</summary>
    public void Hide()
    {
        if (!visible) return;
        visible = false;
        terminal.Write("\r\e[K");
        terminal.Flush();
    }

    static string Bar(long position, long? length)
    {
        if (length is not > 0) return "";
        int done = (int)(position * Width / length.Value);
        return $"[{new string('#', done)}{new string('-', Width - done)}] {position * 100 / length.Value,3} %  ";
    }
}
