using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

public sealed class NotificationTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<Func<Reactor, Seen, Recipe>, string> Keys => new()
    {
        { (r, seen) => r.To(seen), "host=a service=x" },
        { (r, seen) => r.Ewma(0.5).To(seen), "host=a service=x" },
        { (r, seen) => r.By("service", s => s.To(seen)), "service=x" },
        { (r, seen) => r.By("service", s => s.Count(Minute).To(seen)), "service=x" },
        { (r, seen) => r.By("host", h => h.By(Field.Meta("team"), t => t.To(seen))), "host=a team=5" },
        { (r, seen) => r.By("host", h => h.EventWindow(2).To(seen)), "host=a" },
        { (r, seen) => r.By(["host", "service"], h => h.Throttle(9, Minute).To(seen)), "host=a service=x" },
        { (r, seen) => r.By("state", h => h.To(seen)), "" },
        { (r, seen) => r.By(e => e.Host!.ToUpperInvariant(), h => h.To(seen)), "" },
        { (r, seen) => r.Throttle(9, Minute).To(seen), "" },
        { (r, seen) => r.Across(all => all.To(seen)), "" },
        { (r, seen) => r.EventWindow(2).To(seen), "" },
        // The host by which it was divided is gone from one of the two.
        { (r, seen) => r.By(["host", "service"],
            k => k.Throttle(9, Minute).Map(e => e.Metric == 1 ? e with { Host = "b" } : e).EventWindow(2).To(seen)), "service=x" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Its_key_is_what_its_events_have_in_common_of_what_they_are_divided_by(Func<Reactor, Seen, Recipe> recipe, string key)
    {
        Seen seen = new();
        Engine engine = new(new() { TimeProvider = new FakeTimeProvider() });
        engine.Add(recipe(Reactor.Where(_ => true), seen), "r");
        engine.Feed(Event.Parse("""{"host":"a","service":"x","meta":{"team":5}}"""u8));
        engine.Feed(Event.Parse("""{"host":"a","service":"x","metric":1,"meta":{"team":5}}"""u8));
        await engine.StopAsync(TestContext.Current.CancellationToken);

        Assert.NotEmpty(seen.Notifications);
        Assert.All(seen.Notifications,
            one => Assert.Equal(key, string.Join(' ', one.Key.Select(part => $"{part.Field.Name}={part.Value}"))));
    }

    [Fact]
    public async Task Ids_sort_by_time_and_are_the_same_again_when_time_is_moved_by_hand()
    {
        List<string> first = await Ids(), second = await Ids();
        Assert.Equal(first, second);
        Assert.Equal(4, first.Distinct().Count());
        Assert.Equal(first, first.Order(StringComparer.Ordinal));

        static async Task<List<string>> Ids()
        {
            Seen seen = new();
            FakeTimeProvider clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
            Engine engine = new(new() { TimeProvider = clock });
            engine.Add(Reactor.Where(_ => true).To(seen).To(seen), "r");
            engine.Feed(new Event { Service = "a" });
            clock.Advance(Minute);
            engine.Feed(new Event { Service = "b" });
            await engine.StopAsync(TestContext.Current.CancellationToken);
            return [.. seen.Notifications.Select(one => one.Id)];
        }
    }

    [Fact]
    public async Task Two_engines_of_one_moment_give_no_id_twice()
    {
        Seen seen = new();
        foreach (int _ in (int[])[1, 2])
        {
            Engine engine = new();
            engine.Add(Reactor.Where(_ => true).To(seen), "r");
            engine.Feed(new Event { Service = "a" });
            await engine.StopAsync(TestContext.Current.CancellationToken);
        }
        // The times may differ; the sources do in any case.
        Assert.Equal(2, seen.Notifications.Select(one => one.Id[12..22]).Distinct().Count());
    }

    [Fact]
    public void A_copy_keeps_the_id_and_another_one_has_another()
    {
        Notification one = Some.Notification("r", "a");
        Assert.Equal(one.Id, (one with { Step = "to" }).Id);
        Assert.NotEqual(one.Id, Some.Notification("r", "a").Id);
        Assert.Equal("mine", (one with { Id = "mine" }).Id);
    }

    public sealed record Seen : OutputRecipe, IOutput
    {
        public List<Notification> Notifications { get; } = [];

        public override string Name => "seen";

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
        {
            Notifications.AddRange(notifications);
            return Task.CompletedTask;
        }
    }
}
