namespace Godot.Tests;

/// <summary>Windows by the clocks of their own zone, whatever those are put to.</summary>
public sealed class PolicyWindowTests
{
    const string Berlin = "Europe/Berlin";

    static DateTimeOffset Utc(string text) => DateTimeOffset.Parse($"{text}:00Z", System.Globalization.CultureInfo.InvariantCulture);

    // The first and the last minute of it: before it and after it there is none.
    static void Covers(Window window, string from, string to)
    {
        Assert.Null(window.EndAt(Utc(from).AddTicks(-1)));
        for (DateTimeOffset at = Utc(from); at < Utc(to); at = at.AddMinutes(1)) Assert.Equal(Utc(to), window.EndAt(at));
        Assert.Equal(Utc(to), window.EndAt(Utc(to).AddTicks(-1)));
        Assert.Null(window.EndAt(Utc(to)));
    }

    static void CoversNothing(Window window, string from, string to)
    {
        for (DateTimeOffset at = Utc(from); at <= Utc(to); at = at.AddMinutes(1)) Assert.Null(window.EndAt(at));
    }

    [Fact]
    public void Once_is_once() =>
        Covers(Window.Once(Utc("2025-01-01 10:00"), Utc("2025-01-01 11:30")), "2025-01-01 10:00", "2025-01-01 11:30");

    [Fact]
    public void Weekly_is_by_the_clocks_of_its_zone_in_winter_and_in_summer()
    {
        Window window = Window.Weekly("Sun 02:00-04:00", Berlin);
        Covers(window, "2025-01-05 01:00", "2025-01-05 03:00");
        Covers(window, "2025-07-06 00:00", "2025-07-06 02:00");
        CoversNothing(window, "2025-07-07 00:00", "2025-07-12 23:00");
    }

    [Fact]
    public void Over_midnight_it_belongs_to_the_day_on_which_it_begins()
    {
        Window window = Window.Weekly("Mon-Fri 22:00-07:00");
        Covers(window, "2025-01-06 22:00", "2025-01-07 07:00");
        Covers(window, "2025-01-10 22:00", "2025-01-11 07:00");
        CoversNothing(window, "2025-01-11 07:00", "2025-01-13 21:59");
        Covers(Window.Weekly("Fri-Mon 22:00-07:00"), "2025-01-13 22:00", "2025-01-14 07:00");
    }

    [Theory]
    [InlineData("daily 02:00-03:00", "2025-01-02 02:00", "2025-01-02 03:00")]
    [InlineData("DAILY 2:00-3:00", "2025-01-02 02:00", "2025-01-02 03:00")]
    [InlineData("mon,Wed 00:00-24:00", "2025-01-06 00:00", "2025-01-07 00:00")]
    [InlineData("Wed 00:00-00:00", "2025-01-08 00:00", "2025-01-09 00:00")]
    [InlineData("Wed 10:00-10:00", "2025-01-08 10:00", "2025-01-09 10:00")]
    public void It_may_be_written_so(string times, string from, string to) => Covers(Window.Weekly(times), from, to);

    [Fact]
    public void All_days_from_midnight_to_midnight_leave_no_gap()
    {
        Window window = Window.Weekly("daily 00:00-24:00");
        for (int minute = 0; minute < 3000; minute++) Assert.NotNull(window.EndAt(Utc("2025-01-01 00:00").AddMinutes(minute)));
    }

    // On the 26th of October at 3:00 the clocks go back to 2:00.
    [Theory]
    [InlineData("02:30-04:00", "2025-10-26 00:30", "2025-10-26 03:00")]
    [InlineData("01:00-02:30", "2025-10-25 23:00", "2025-10-26 01:30")]
    [InlineData("02:00-03:00", "2025-10-26 00:00", "2025-10-26 02:00")]
    [InlineData("02:30-02:45", "2025-10-26 00:30", "2025-10-26 01:45")]
    public void A_time_that_comes_twice_is_one_window(string times, string from, string to) =>
        Covers(Window.Weekly($"Sun {times}", Berlin), from, to);

    // On the 30th of March at 2:00 they go on to 3:00.
    [Theory]
    [InlineData("02:30-04:00", "2025-03-30 01:00", "2025-03-30 02:00")]
    [InlineData("01:00-02:30", "2025-03-30 00:00", "2025-03-30 01:00")]
    [InlineData("01:00-05:00", "2025-03-30 00:00", "2025-03-30 03:00")]
    public void A_time_that_never_comes_is_one_window(string times, string from, string to) =>
        Covers(Window.Weekly($"Sun {times}", Berlin), from, to);

    [Fact]
    public void A_window_that_is_all_left_out_is_none() =>
        CoversNothing(Window.Weekly("Sun 02:10-02:50", Berlin), "2025-03-30 00:00", "2025-03-30 05:00");

    [Fact]
    public void The_night_in_which_the_clocks_change_has_one_window() =>
        Covers(Window.Weekly("daily 22:00-07:00", Berlin), "2025-10-25 20:00", "2025-10-26 06:00");

    [Theory]
    [InlineData("")]
    [InlineData("daily")]
    [InlineData("02:00-04:00")]
    [InlineData("Sunday 02:00-04:00")]
    [InlineData("Sun 2-4")]
    [InlineData("Sun 02:00")]
    [InlineData("Sun 02:00-04:00-06:00")]
    [InlineData("Sun 02:60-04:00")]
    [InlineData("Sun 24:00-25:00")]
    [InlineData("Sun 24:00-01:00")]
    [InlineData("Mon-Tue-Wed 02:00-04:00")]
    [InlineData("Mon- 02:00-04:00")]
    [InlineData("Sun 02:00-04:00 Europe/Berlin")]
    [InlineData("Sun +2:00-04:00")]
    public void What_cannot_be_read_is_refused_with_what_to_write(string times) =>
        Assert.Contains("write \"Sun 02:00-04:00\"", Assert.Throws<ArgumentException>(() => Window.Weekly(times)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Europe/Bielefeld")]
    [InlineData("Europe")]
    [InlineData("../../etc/passwd")]
    [InlineData("a\nb")]
    public void A_zone_that_is_not_known_is_refused_with_what_to_do(string zone) =>
        Assert.Contains("tzdata", Assert.Throws<ArgumentException>(() => Window.Weekly("Sun 02:00-04:00", zone)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_window_that_ends_before_it_begins_is_refused() =>
        Assert.Throws<ArgumentException>(() => Window.Once(Utc("2025-01-01 11:00"), Utc("2025-01-01 11:00")));
}
