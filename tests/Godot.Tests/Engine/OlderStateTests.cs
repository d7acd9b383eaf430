using System.Globalization;
using Godot.Common;
using Godot.Runtime;

namespace Godot.Tests;

/// <summary>
/// An engine goes on with the state of one that was older: the bytes were written by the last whose stages were all of version 1, half a
/// minute after <see cref="First"/> had come.
/// </summary>
public sealed class OlderStateTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Half = Minute / 2;
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly Event First = Event.Parse("""
        {"host":"h","service":"s","state":"ok","metric":1,"tags":["a","b"],
        "meta":{"up":true,"list":[1,2],"text":"true","number":5.0,"id":8121069193333309404}}
        """);

    static Event Other(string id) => Event.Parse($$"""
        {"host":"h","service":"s","state":"bad","metric":3,"tags":["a","c"],
        "meta":{"up":false,"list":[1,3],"text":"false","number":6,"id": {{id}} } }
        """);

    static readonly Dictionary<string, Recipe> Recipes = new()
    {
        ["tags"] = Reactor.Change(Field.Tags),
        ["up"] = Reactor.Change(Field.Meta("up")),
        ["list"] = Reactor.Change(Field.Meta("list")),
        ["text"] = Reactor.Change(Field.Meta("text")),
        ["number"] = Reactor.Change(Field.Meta("number")),
        ["id"] = Reactor.Change(Field.Meta("id")),
        ["metric"] = Reactor.Change(Field.Metric),
        ["state"] = Reactor.Change(Field.State),
        ["from true"] = Reactor.Change(Field.Meta("up"), from: "true"),
        ["from 5"] = Reactor.Change(Field.Meta("number"), from: 5),
        ["runs"] = Reactor.Runs(2, Field.Tags),
        ["stable"] = Reactor.Stable(Minute, Field.Meta("up")),
        ["ewma"] = Reactor.Ewma(Minute, lateness: Minute),
        ["rate of change"] = Reactor.RateOfChange(Half),
        ["predict linear"] = Reactor.PredictLinear(Minute, Minute),
        ["rollup"] = Reactor.Rollup(Minute),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_goes_on_from_an_older_state_comes_out_as_if_it_had_gone_on_all_the_time(bool sameFirst)
    {
        Run whole = new(Start);
        whole.Engine.Feed(First);
        whole.Clock.Advance(Half);
        whole.Lines.Clear();

        Run loaded = new(Start + Half);
        Assert.Empty(loaded.Engine.LoadSaved(new MemoryStream(Convert.FromBase64String(Written))));
        // Saved anew before anything came: what is not known of it is not known later.
        Run again = new(Start + Half);
        using MemoryStream state = new();
        loaded.Engine.Save(state, TestContext.Current.CancellationToken);
        state.Position = 0;
        Assert.Empty(again.Engine.LoadSaved(state));

        // Of a number the nearest double was saved, and nothing tells its neighbours from it until it has come again.
        Event other = Other(sameFirst ? "8121069193333309405" : "5");
        foreach (Run run in (Run[])[whole, loaded, again])
        {
            if (sameFirst) run.Engine.Feed(First);
            run.Clock.Advance(Half / 2);
            run.Engine.Feed(other);
            run.Clock.Advance(2 * Minute);
        }
        // Of each something has come out; of a run only if there was one.
        string[] none = sameFirst ? [] : ["runs"];
        Assert.Equal(Recipes.Keys.Except(none).Order(), whole.Lines.Select(line => line.Split(": ")[1]).Distinct().Order());
        Assert.Equal(whole.Lines, loaded.Lines);
        Assert.Equal(whole.Lines, again.Lines);
    }

    /// <summary>An engine with all recipes, and what comes out: "second: reactor: metrics".</summary>
    sealed class Run : ITap
    {
        public Run(DateTimeOffset from)
        {
            Clock = new VirtualClock(from);
            Engine = new Engine(new EngineOptions { TimeProvider = Clock, Lanes = 1 });
            foreach ((string name, Recipe recipe) in Recipes) Engine.Add(recipe, name, this);
        }

        public VirtualClock Clock { get; }

        public Engine Engine { get; }

        public List<string> Lines { get; } = [];

        public void On(string reactor, EventView e) => Write(reactor, [e.ToEvent()]);

        public void On(string reactor, IReadOnlyList<Event> batch) => Write(reactor, batch);

        void Write(string reactor, IReadOnlyList<Event> events) => Lines.Add(string.Create(
            CultureInfo.InvariantCulture,
                $"{(Clock.GetUtcNow() - Start).TotalSeconds}: {reactor}: {string.Join(' ', events.Select(e => e.Metric))}"));
    }

    const string Written = """
        C2dvZG90IHN0YXRlAQAAAAIAAAAAAAAAEAAAAAR0YWdzAAAAAAhTZXJpZXMoKQEAAAAIMS5jaGFuZ2UOQ2hhbmdlKCJ0YWdzIikBAAAAAnVwAAAAAAhTZXJp
        ZXMoKQEAAAAIMS5jaGFuZ2UYQ2hhbmdlKEZpZWxkLk1ldGEoInVwIikpAQAAAARsaXN0AAAAAAhTZXJpZXMoKQEAAAAIMS5jaGFuZ2UaQ2hhbmdlKEZpZWxk
        Lk1ldGEoImxpc3QiKSkBAAAABHRleHQAAAAACFNlcmllcygpAQAAAAgxLmNoYW5nZRpDaGFuZ2UoRmllbGQuTWV0YSgidGV4dCIpKQEAAAAGbnVtYmVyAAAA
        AAhTZXJpZXMoKQEAAAAIMS5jaGFuZ2UcQ2hhbmdlKEZpZWxkLk1ldGEoIm51bWJlciIpKQEAAAACaWQAAAAACFNlcmllcygpAQAAAAgxLmNoYW5nZRhDaGFu
        Z2UoRmllbGQuTWV0YSgiaWQiKSkBAAAABm1ldHJpYwAAAAAIU2VyaWVzKCkBAAAACDEuY2hhbmdlEENoYW5nZSgibWV0cmljIikBAAAABXN0YXRlAAAAAAhT
        ZXJpZXMoKQEAAAAIMS5jaGFuZ2UPQ2hhbmdlKCJzdGF0ZSIpAQAAAAlmcm9tIHRydWUAAAAACFNlcmllcygpAQAAAAgxLmNoYW5nZSZDaGFuZ2UoRmllbGQu
        TWV0YSgidXAiKSwgZnJvbTogInRydWUiKQEAAAAGZnJvbSA1AAAAAAhTZXJpZXMoKQEAAAAIMS5jaGFuZ2UlQ2hhbmdlKEZpZWxkLk1ldGEoIm51bWJlciIp
        LCBmcm9tOiA1KQEAAAAEcnVucwAAAAAIU2VyaWVzKCkBAAAABjEucnVucw9SdW5zKDIsICJ0YWdzIikBAAAABnN0YWJsZQAAAAAIU2VyaWVzKCkBAAAACDEu
        c3RhYmxlHVN0YWJsZSg2MHMsIEZpZWxkLk1ldGEoInVwIikpAQAAAARld21hAAAAAAhTZXJpZXMoKQEAAAAGMS5ld21hGEV3bWEoNjBzLCBsYXRlbmVzczog
        NjBzKQEAAAAOcmF0ZSBvZiBjaGFuZ2UAAAAACFNlcmllcygpAQAAAA4xLnJhdGVvZmNoYW5nZRFSYXRlT2ZDaGFuZ2UoMzBzKQEAAAAOcHJlZGljdCBsaW5l
        YXIAAAAACFNlcmllcygpAQAAAA8xLnByZWRpY3RsaW5lYXIXUHJlZGljdExpbmVhcig2MHMsIDYwcykBAAAABnJvbGx1cAAAAAAFT25lKCkBAAAACDEucm9s
        bHVwEFJvbGx1cCg2MHMsIDEwMCkBAAAAAAAAAAEAAAAAAAAAAQAAAGgBAAAAcwEAAAAAAAAADAAAAAEJWyJhIiwiYiJdAAEAAAABAAAAAAAAAAEAAABoAQAA
        AHMBAAAAAAAAAAcAAAABBHRydWUAAgAAAAEAAAAAAAAAAQAAAGgBAAAAcwEAAAAAAAAACAAAAAEFWzEsMl0AAwAAAAEAAAAAAAAAAQAAAGgBAAAAcwEAAAAA
        AAAABwAAAAEEdHJ1ZQAEAAAAAQAAAAAAAAABAAAAaAEAAABzAQAAAAAAAAAKAAAAAAEAAAAAAAAUQAUAAAABAAAAAAAAAAEAAABoAQAAAHMBAAAAAAAAAAoA
        AAAAAQBA3Fn1LNxDBgAAAAEAAAAAAAAAAQAAAGgBAAAAcwEAAAAAAAAACgAAAAABAAAAAAAA8D8HAAAAAQAAAAAAAAABAAAAaAEAAABzAQAAAAAAAAAFAAAA
        AQJvawAIAAAAAQAAAAAAAAABAAAAaAEAAABzAQAAAAAAAAAHAAAAAQR0cnVlAAkAAAABAAAAAAAAAAEAAABoAQAAAHMBAAAAAAAAAAoAAAAAAQAAAAAAABRA
        CgAAAAEAAAAAAAAAAQAAAGgBAAAAcwEAAAAAAAAAFAAAAAEAAAAAAAAAAQlbImEiLCJiIl0ACwAAAAEAAAAAAAAAAQAAAGgBAAAAcwEAAAAAAAAAuQAAAAEE
        dHJ1ZQABAKPhEQAAAAABAAAAAAAAAACAQr3SyD4AlwF7Imhvc3QiOiJoIiwic2VydmljZSI6InMiLCJzdGF0ZSI6Im9rIiwibWV0cmljIjoxLCJ0YWdzIjpb
        ImEiLCJiIl0sIm1ldGEiOnsidXAiOnRydWUsImxpc3QiOlsxLDJdLCJ0ZXh0IjoidHJ1ZSIsIm51bWJlciI6NS4wLCJpZCI6ODEyMTA2OTE5MzMzMzMwOTQw
        NH19DAAAAAEAAAAAAAAAAQAAAGgBAAAAcwEAAAAAAAAAKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADwPwEAAAAAAAAAAIBCvdLIPgANAAAAAQAAAAAAAAAB
        AAAAaAEAAABzAQAAAAAAAAApAAAAAIBCvdLIPgAAgEK90sg+AAABAAAAAAAAAACAQr3SyD4AAAAAAAAA8D8OAAAAAQAAAAAAAAABAAAAaAEAAABzAQAAAAAA
        AAB5AAAAAQCAQr3SyD4AAIBCvdLIPgABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAPA/AAAAAAAAAAAAAAAAAAAAAACAQr3SyD4AAQAA
        AAAAAAAAAAAAAAAAAAAAAAAAAPA/AAAAAAAAAAAAAAAAAAAAAA8AAAD//////////wAAAAAAAAAAAQAAAAAAAADKAAAAAQBdHu7/////AEbDIwAAAAAAAAAA
        AAAAAAAAAAAAAAAAAQAAAAAAAAAAgEK90sg+AJcBeyJob3N0IjoiaCIsInNlcnZpY2UiOiJzIiwic3RhdGUiOiJvayIsIm1ldHJpYyI6MSwidGFncyI6WyJh
        IiwiYiJdLCJtZXRhIjp7InVwIjp0cnVlLCJsaXN0IjpbMSwyXSwidGV4dCI6InRydWUiLCJudW1iZXIiOjUuMCwiaWQiOjgxMjEwNjkxOTMzMzMzMDk0MDR9
        ff////8=
        """;
}
