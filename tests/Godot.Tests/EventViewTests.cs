using Godot.Events;

namespace Godot.Tests;

public class EventViewTests
{
    const string Json =
        """{"host":"a","service":"cpu","state":"ok","tags":["x"],"meta":{"k":1},"metric":1,"time":5,"ttl":10,"other":true}""";

    [Fact]
    public void Every_field_can_be_changed_and_the_original_stays()
    {
        EventView e = Event.Parse(Json);
        EventView changed = e with
        {
            Host = "b\"", Service = null, State = "bad", Description = "é", Tags = ["y", "z"], Metric = null,
            Meta = new Dictionary<string, MetaValue> { ["l"] = 2 }, Time = DateTimeOffset.UnixEpoch.AddSeconds(6),
            Ttl = TimeSpan.FromSeconds(11),
        };
        Assert.Equal("""{"host":"b\"","state":"bad","time":6,"description":"é","tags":["y","z"],"meta":{"l":2},"ttl":11,"other":true}""",
            changed.ToString());
        Assert.Equal("b\"", changed.Host);
        Assert.Equal(["y", "z"], changed.Tags);
        Assert.True(changed.HasTag("z"));
        Assert.True(changed.Member("other").Boolean);
        Assert.Equal(Json, e.ToString());
        Assert.Equal("""{"host":"a","service":"cpu","state":"worse","time":5,"meta":{"k":1},"metric":1,"ttl":10,"other":true}""",
            (e with { State = "bad" } with { State = "worse", Tags = [] }).ToString());
    }

    [Fact]
    public void Changes_on_a_lane_allocate_nothing_and_are_taken_back_at_once()
    {
        Scratch lane = new();
        Scratch.Current = lane;
        try
        {
            EventView e = Event.Parse(Json);
            Change(e);
            lane.Reset();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Change(e);
                lane.Reset();
            }
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            Assert.Equal(Json, e.ToString());
        }
        finally
        {
            Scratch.Current = null;
        }

        static void Change(EventView e)
        {
            EventView changed = e with { Metric = 5, State = "bad", Ttl = null };
            if (changed.Metric != 5 || changed.State != "bad" || changed.Ttl is not null)
                Assert.Fail("The copy is not what it was set to.");
        }
    }

    [Fact]
    public void More_changes_than_a_chunk_holds_stay_valid()
    {
        Scratch.Current = new Scratch();
        try
        {
            EventView first = Event.Parse(Json), second = first with { Host = "first" }, last = second;
            for (int i = 0; i < 100; i++) last = last with { Description = new string('x', i), Metric = i };
            Assert.Equal("first", second.Host);
            Assert.Equal("a", first.Host);
            Assert.Equal(99, last.Metric);
            Assert.Equal(99, last.Description?.Length);
            Assert.Equal("first", last.Host);
        }
        finally
        {
            Scratch.Current = null;
        }
    }
}
