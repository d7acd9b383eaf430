using Godot.Common;

namespace Godot.Tests;

/// <summary>What fell silent while nobody listened is told when those who live had time to be heard.</summary>
public sealed class TimeAwayTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Grace = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Many_are_one_notification(int lanes) =>
        Assert.Equal("30", await ToldAsync(lanes, all: 100, heard: 70));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Few_are_told_one_by_one(int lanes) =>
        Assert.Equal("1 1 1 1 1", await ToldAsync(lanes, all: 100, heard: 95));

    [Fact]
    public async Task Those_that_fall_silent_later_are_told_one_by_one() =>
        Assert.Equal("1 1 1 1 1 1 1 1 1 1", await ToldAsync(lanes: 2, all: 10, heard: 10, then: 10 * Minute));

    // How many events each notification has.
    static async Task<string> ToldAsync(int lanes, int all, int heard, TimeSpan then = default)
    {
        VirtualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using MemoryStream saved = new();
        await using (Engine before = New(clock, lanes, new Counting()))
        {
            for (int i = 0; i < all; i++) before.Feed(Of(i));
            clock.Advance(5 * Minute - Grace / 4);
            before.Save(saved);
        }
        clock.Advance(TimeSpan.FromHours(3));
        saved.Position = 0;
        Counting output = new();
        // Ends when all is sent.
        await using (Engine after = New(clock, lanes, output))
        {
            after.Load(saved);
            clock.Advance(Grace / 2);
            for (int i = 0; i < heard; i++) after.Feed(Of(i));
            clock.Advance(Grace / 2 - TimeSpan.FromTicks(1));
            Assert.Equal(0, after.Outputs.Single().Pending);
            clock.Advance(TimeSpan.FromTicks(1) + then);
        }
        return string.Join(' ', output.Told);
    }

    static Engine New(VirtualClock clock, int lanes, OutputRecipe output)
    {
        Engine engine = new(new EngineOptions { Lanes = lanes, TimeProvider = clock, LoadGrace = Grace });
        engine.Add(Reactor.Expire(5 * Minute).To(output), "silent");
        return engine;
    }

    static Event Of(int number) => new() { Host = $"h{number}", Service = "s" };

    sealed record Counting : OutputRecipe, IOutput
    {
        public List<int> Told { get; } = [];

        public override string Name => "counting";

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
        {
            Told.AddRange(notifications.Select(notification => notification.Events.Count));
            return Task.CompletedTask;
        }
    }
}
