using Microsoft.Extensions.Time.Testing;

namespace Godot;

public sealed class ReplayProgressTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    readonly StringWriter terminal = new();
    readonly FakeTimeProvider clock = new();

    public void Dispose() => terminal.Dispose();

    [Fact]
    public void Shows_how_much_was_read_ten_times_a_second_and_is_gone_at_the_end()
    {
        ReplayProgress progress = new(terminal, clock);

        progress.Show(position: 500, length: 1000, events: 12_345, Noon);
        progress.Show(position: 510, length: 1000, events: 12_400, Noon);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        progress.Show(position: 1000, length: 1000, events: 23_456, Noon.AddHours(1));
        progress.Hide();
        progress.Hide();

        Assert.Equal(
            "\r\e[K[###############---------------]  50 %  12,345 events, 2026-01-01 12:00:00Z" +
            "\r\e[K[##############################] 100 %  23,456 events, 2026-01-01 13:00:00Z" +
            "\r\e[K", terminal.ToString());
    }

    [Fact]
    public void Where_nobody_knows_how_much_there_is_it_shows_no_bar()
    {
        new ReplayProgress(terminal, clock).Show(position: 500, length: null, events: 1, Noon);

        Assert.Equal("\r\e[K1 events, 2026-01-01 12:00:00Z", terminal.ToString());
    }
}
