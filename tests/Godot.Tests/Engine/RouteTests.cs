using System.Text.RegularExpressions;
using Godot.Runtime;

namespace Godot.Tests;

/// <summary>Which reactors an event reaches does not depend on how they are found.</summary>
public sealed class RouteTests
{
    static readonly string?[] Names = ["a", "b", "cpu", "disk", "*", "a*", null];

    [Fact]
    public void An_event_reaches_every_reactor_whose_filters_pass_it_in_the_order_in_which_they_were_added()
    {
        Engine engine = new(new EngineOptions { Lanes = 1 });
        Reached reached = new();
        Random random = new(1);
        List<(string Name, Func<Event, bool> Passes)> naive = [];
        for (int i = 0; i < 300; i++)
        {
            (Reactor recipe, Func<Event, bool> passes) =
                Filter(Filter((Reactor.Map(e => e), _ => true), random, first: true), random, first: false);
            naive.Add((engine.Add(recipe, $"r{i}", reached), passes));
            if (i % 10 == 9) Check(engine, reached, naive);
        }
        while (naive.Count > 100)
        {
            int gone = random.Next(naive.Count);
            engine.Remove(naive[gone].Name);
            naive.RemoveAt(gone);
        }
        Check(engine, reached, naive);
    }

    static void Check(Engine engine, Reached reached, List<(string Name, Func<Event, bool> Passes)> naive)
    {
        foreach (string? host in Names)
        {
            foreach (string? service in Names)
            {
                Event e = new() { Host = host, Service = service };
                reached.Reactors.Clear();
                engine.Feed(e);
                Assert.Equal(naive.Where(each => each.Passes(e)).Select(each => each.Name), reached.Reactors);
            }
        }
    }

    static (Reactor, Func<Event, bool>) Filter((Reactor Recipe, Func<Event, bool> Passes) before, Random random, bool first)
    {
        bool host = random.Next(2) == 0;
        Field field = host ? Field.Host : Field.Service;
        string name = Names[random.Next(Names.Length - 1)]!;
        (Matcher match, Func<string, bool> naive) = random.Next(4) switch
        {
            0 => ((Matcher)"a*", (Func<string, bool>)(text => text.StartsWith('a'))),
            1 => (new Regex("s|u"), text => text.Contains('s') || text.Contains('u')),
            _ => (name.Replace("*", "\\*"), text => text == name),
        };
        Func<Event, string?> of = e => host ? e.Host : e.Service;
        if (random.Next(4) == 0)
            return (first ? Reactor.WhereNot(field, match) : before.Recipe.WhereNot(field, match), e => before.Passes(e)
                && !(of(e) is { } text && naive(text)));
        return (first ? Reactor.Where(field, match) : before.Recipe.Where(field, match), e => before.Passes(e) && of(e) is { } text
            && naive(text));
    }

    sealed class Reached : ITap
    {
        public List<string> Reactors { get; } = [];

        public void On(string reactor, EventView e) => Reactors.Add(reactor);

        public void On(string reactor, IReadOnlyList<Event> batch) => Reactors.Add(reactor);
    }
}
