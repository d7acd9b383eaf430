namespace Godot.Tests.Wire;

/// <summary>The units of time and ttl. These rows only ever grow: what clients send must not change its meaning.</summary>
public class TimesTests
{
    [Theory]
    // Seconds
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("1", 10_000_000)]
    [InlineData("-1.5", -15_000_000)]
    [InlineData("1735689600", 17_356_896_000_000_000)]
    [InlineData("1735689600.283", 17_356_896_002_830_000)]
    [InlineData("1735689600.1234567", 17_356_896_001_234_567)]
    [InlineData("1735689600.12345674999", 17_356_896_001_234_567)]
    [InlineData("1735689600.12345675", 17_356_896_001_234_568)]
    [InlineData("-1735689600.12345675", -17_356_896_001_234_568)]
    [InlineData("1735689600.00000000000000000000001", 17_356_896_000_000_000)]
    [InlineData("1.7356896e9", 17_356_896_000_000_000)]
    [InlineData("17356896E+2", 17_356_896_000_000_000)]
    [InlineData("1e-400", 0)]
    [InlineData("100000000000", 1_000_000_000_000_000_000)]
    [InlineData("-62135596800", -621_355_968_000_000_000)]
    // Milliseconds
    [InlineData("100000000001", 1_000_000_000_010_000)]
    [InlineData("1735689600283", 17_356_896_002_830_000)]
    [InlineData("1735689600283.1234", 17_356_896_002_831_234)]
    [InlineData("100000000000000", 1_000_000_000_000_000_000)]
    // Microseconds
    [InlineData("1735689600283000", 17_356_896_002_830_000)]
    [InlineData("100000000000000000", 1_000_000_000_000_000_000)]
    // Nanoseconds
    [InlineData("1735689600283000049", 17_356_896_002_830_000)]
    [InlineData("1735689600283000050", 17_356_896_002_830_001)]
    [InlineData("140050957612807337187", 1_400_509_576_128_073_372)]
    [InlineData("253402300799999999900", 2_534_023_007_999_999_999)]
    public void A_time_is_read_to_100_ns(string text, long ticks)
    {
        Event e = Event.Parse($$"""{"time":{{text}}}""");
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(ticks), e.Time);

        Event forwarded = Event.Parse((e with { Host = "a" }).ToString());
        Assert.Equal(e.Time, forwarded.Time);
    }

    [Theory]
    [InlineData("""{"ttl":0}""", 0)]
    [InlineData("""{"ttl":22.5}""", 225_000_000)]
    [InlineData("""{"ttl":1e-7}""", 1)]
    [InlineData("""{"ttl":15000}""", 150_000_000_000)]
    [InlineData("""{"time":1735689600,"ttl":15000}""", 150_000_000_000)]
    [InlineData("""{"time":1735689600000,"ttl":15000}""", 150_000_000)]
    [InlineData("""{"ttl":15000,"time":1735689600000}""", 150_000_000)]
    [InlineData("""{"time":1735689600000,"ttl":1000}""", 10_000_000)]
    [InlineData("""{"time":1735689600000,"ttl":999}""", 9_990_000_000)]
    [InlineData("""{"time":1735689600000000,"ttl":15000}""", 150_000_000_000)]
    [InlineData("""{"time":1735689600000,"time":1735689600,"ttl":15000}""", 150_000_000_000)]
    [InlineData("""{"time":1735689600000,"time":null,"ttl":15000}""", 150_000_000_000)]
    [InlineData("""{"ttl":1e300}""", long.MaxValue / 4)]
    [InlineData("""{"ttl":922337203685}""", long.MaxValue / 4)]
    public void A_ttl_is_seconds_unless_the_time_says_milliseconds(string text, long ticks) =>
        Assert.Equal(ticks, Event.Parse(text).Ttl?.Ticks);
}
