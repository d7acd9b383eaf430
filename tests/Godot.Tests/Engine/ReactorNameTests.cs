using Godot.Recipes;

namespace Godot;

public sealed class ReactorNameTests
{
    static readonly string[] Filters = ["cpu", "*/health/heartbeat", "*", "北京", "disk?", "CPU"];

    public static TheoryData<Recipe, string> Named => new()
    {
        { Reactor.Where("service", "cpu").Over(50), "cpu" },
        { Reactor.Where("service", "*/health/heartbeat").Expire(TimeSpan.FromSeconds(60)), "health-heartbeat" },
        { Reactor.WhereNot("state", "ok"), "not-ok" },
        { Reactor.WhereNot("host", "*"), "not-host" },
        { Reactor.Over(50), "over-50" },
        { Reactor.Tagged("prod"), "tagged-prod" },
        { Reactor.Where("service", "*"), "service" },
        { Reactor.Where("service", "**?*"), "service" },
        { Reactor.Where("service", "北京/温度"), "北京-温度" },
        { Reactor.Where("service", "Größe हिन्दी"), "größe-हिन्दी" },
        { Reactor.Where("service", "\ud800"), "service" },
        { Reactor.Where("service", new System.Text.RegularExpressions.Regex("^api/")), "api" },
        { Reactor.Where(Query.Parse("service = \"cpu\" and metric > 5")), "service-cpu" },
        { Reactor.Where(Field.Meta("team"), "db"), "meta-team-db" },
        { Reactor.Where(e => e.Metric > 5), "e-e-metric-5" },
        { Reactor.Subscribe("alerts").Throttle(1, TimeSpan.FromMinutes(1)), "alerts" },
        { Reactor.By("host", r => r.Where("service", "disk").Over(1)), "disk" },
        { Reactor.Throttle(1, TimeSpan.FromMinutes(5)), "throttle-1-5m" },
        { Reactor.Empty, "all" },
    };

    [Theory]
    [MemberData(nameof(Named), DisableDiscoveryEnumeration = true)]
    public async Task A_name_is_what_the_first_filter_looks_for(Recipe recipe, string name)
    {
        await using Engine engine = new();
        Assert.Equal(name, engine.Add(recipe));
    }

    [Fact]
    public async Task A_filter_of_60_kB_makes_a_short_name()
    {
        await using Engine engine = new();
        string first = engine.Add(Reactor.Where("service", new string('x', 60_000))),
            second = engine.Add(Reactor.Where("service", new string('x', 60_001)));
        Assert.InRange(first.Length, 1, 50);
        Assert.InRange(second.Length, 1, 60);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task In_an_engine_one_that_finds_its_name_taken_has_a_hash_of_its_text_as_well()
    {
        await using Engine engine = new();
        Assert.Equal("cpu", engine.Add(Reactor.Where("service", "cpu").Over(50)));
        Assert.Matches("^cpu-[0-9a-f]{8}$", engine.Add(Reactor.Where("service", "cpu").Over(60)));
        Assert.Matches("^cpu-[0-9a-f]{8}-2$", engine.Add(Reactor.Where("service", "cpu").Over(60)));
    }

    [Fact]
    public void A_given_name_is_left_to_whom_it_was_given() =>
        Assert.Matches("^cpu cpu-[0-9a-f]{8}$",
            string.Join(' ', ReactorName.Of([("cpu", Reactor.Over(1)), (null, Reactor.Where("service", "cpu"))])));

    [Fact]
    public void Edits_behind_the_first_filter_change_no_name_that_is_not_shared() =>
        Assert.Equal(
            ReactorName.Of([(null, Reactor.Where("service", "cpu").Over(50)), (null, Reactor.Where("service", "disk").Over(1))]),
            ReactorName.Of([(null, Reactor.Where("service", "cpu").Over(60).Throttle(1, TimeSpan.FromMinutes(1))),
                (null, Reactor.Where("service", "disk").Under(7))]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_put_between_or_taken_away_nobody_gets_another_ones_name(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 300; round++)
        {
            List<(string? Name, Recipe Recipe)> before = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Some(random))];
            List<(string? Name, Recipe Recipe)> after = [.. before];
            if (random.Next(2) == 0) after.Insert(random.Next(after.Count + 1), Some(random));
            else after.RemoveAt(random.Next(after.Count));

            string[] names = ReactorName.Of(before), later = ReactorName.Of(after);
            Assert.Equal(later.Length, later.Distinct().Count());
            // Who had a name, by what it does; two that do the same cannot be told apart.
            Dictionary<string, string> owners = names.Zip(before, (name, reactor) => (name, Text: reactor.Recipe.ToString()))
                .ToDictionary(owner => owner.name, owner => owner.Text);
            for (int i = 0; i < later.Length; i++)
                if (owners.TryGetValue(later[i], out string? owner)) Assert.Equal(owner, after[i].Recipe.ToString());
            // Those that share a first filter, before and after, keep their names.
            foreach ((string name, string text) in owners)
            {
                bool stillShared = Shared(name) && later.Any(other => Shared(other) && other[..^9] == name[..^9]);
                if (stillShared && after.Exists(reactor => reactor.Recipe.ToString() == text)) Assert.Contains(name, later);
            }
        }
    }

    // Its name ends with a hash.
    static bool Shared(string name) => name.Length > 9 && name[^9] == '-' && name[^8..].All(char.IsAsciiHexDigitLower);

    static (string? Name, Recipe Recipe) Some(Random random) =>
        (null, Reactor.Where("service", Filters[random.Next(Filters.Length)]).Over(random.Next(1_000_000)));
}
