using FsCheck.Xunit;
using Godot.Runtime;

namespace Godot.Tests;

public class GatheringTests
{
    readonly NotificationBatcher waiting = new(TimeSpan.FromMinutes(1));

    [Fact]
    public void The_first_of_a_reactor_is_due_at_once_and_what_follows_an_interval_after_it()
    {
        Assert.Null(waiting.Due);
        Add("cpu", "first", at: 5);
        Assert.Equal(TimeSpan.Zero, waiting.Due);
        Assert.Equal(["first"], Take(at: 5));
        Add("cpu", "second", at: 15);
        Add("cpu", "third", at: 25);
        Assert.Equal(Seconds(65), waiting.Due);
        Assert.Equal(["second", "third"], Take(at: 65));
        Assert.Null(waiting.Due);
    }

    [Fact]
    public void What_follows_before_the_first_was_taken_is_held_all_the_same()
    {
        Add("cpu", "first", at: 0);
        Add("cpu", "second", at: 0);
        Assert.Equal(["first"], Take(at: 0));
        Assert.Equal(Seconds(60), waiting.Due);
    }

    [Fact]
    public void Another_reactor_goes_at_once_while_the_first_one_is_held()
    {
        Add("cpu", "cpu 1", at: 0);
        Take(at: 0);
        Add("cpu", "cpu 2", at: 10);
        Add("disk", "disk 1", at: 20);
        Assert.Equal(["disk 1"], Take(at: 20));
        Add("disk", "disk 2", at: 30);
        Assert.Equal(Seconds(60), waiting.Due);
        Assert.Equal(["cpu 2", "disk 2"], Take(at: 60));
    }

    [Fact]
    public void A_reactor_that_was_gathered_is_quiet_again_an_interval_later()
    {
        Add("cpu", "1", at: 0);
        Take(at: 0);
        Add("cpu", "2", at: 30);
        Take(at: 60);
        Add("cpu", "3", at: 119);
        Assert.Equal(Seconds(120), waiting.Due);
        Take(at: 120);
        Add("cpu", "4", at: 180);
        Assert.Equal(TimeSpan.Zero, waiting.Due);
    }

    [Fact]
    public void What_was_put_back_goes_first()
    {
        Add("cpu", "1", at: 0);
        List<Notification> taken = waiting.Take(Seconds(0), all: false);
        Add("cpu", "2", at: 1);
        waiting.PutBack(taken);
        Assert.Equal(["1", "2"], Take(at: 2, all: true));
    }

    [Fact]
    public void Without_an_interval_each_goes_by_itself()
    {
        NotificationBatcher each = new(TimeSpan.Zero);
        each.Add(Some.Notification("cpu", "1"), Seconds(0));
        each.Add(Some.Notification("cpu", "2"), Seconds(0));
        Assert.Equal(["1"], Some.Services(each.Take(Seconds(0), all: true)));
        Assert.Equal(["2"], Some.Services(each.Take(Seconds(0), all: true)));
        Assert.Null(each.Due);
        Assert.Equal(0, each.Remembered);
    }

    [Fact]
    public void Reactors_that_were_quiet_for_an_interval_are_forgotten()
    {
        for (int i = 0; i < 1000; i++)
        {
            Add($"reactor {i}", "first", at: i);
            Take(at: i);
        }
        Assert.InRange(waiting.Remembered, 1, 61);
    }

    [Fact]
    public void What_is_told_of_incidents_does_not_wait_for_the_interval()
    {
        Add("cpu", "plain 1", at: 0);
        Take(at: 0);
        AddAlert("opened", at: 10);
        Assert.True(waiting.Due <= Seconds(10));
        Add("cpu", "plain 2", at: 10);
        Assert.Equal(["opened"], Take(at: 10));
        AddAlert("worse", at: 20);
        Assert.True(waiting.Due <= Seconds(20));
        Assert.Equal(["worse"], Take(at: 20));
        Assert.Equal(Seconds(60), waiting.Due);
        AddAlert("resolved", at: 60);
        Assert.Equal(["plain 2", "resolved"], Take(at: 60));
    }

    [Fact]
    public void Of_a_storm_of_incidents_the_first_goes_at_once_and_the_others_as_one()
    {
        AddAlert("0", at: 0);
        Assert.Equal(["0"], Take(at: 0));
        for (int i = 1; i <= 1000; i++) AddAlert($"{i}", at: 1);
        Assert.Equal(Seconds(2), waiting.Due);
        Assert.Equal(1000, Take(at: 2).Length);
        Assert.Null(waiting.Due);
    }

    [Fact]
    public void One_that_goes_on_gives_fewer_and_fewer_messages_until_there_was_quiet_for_an_interval()
    {
        List<double> sent = [];
        for (int i = 0; i < 300; i++)
        {
            AddAlert($"{i}", at: i);
            if (waiting.Due > Seconds(i)) continue;
            Take(at: i);
            sent.Add(i);
        }
        Assert.Equal([0, 2, 6, 14, 30, 62, 122, 182, 242], sent);
        Take(at: 302);
        AddAlert("later", at: 422);
        Assert.True(waiting.Due <= Seconds(422));
        Take(at: 422);
        AddAlert("and more", at: 423);
        Assert.Equal(Seconds(424), waiting.Due);
    }

    [Property]
    public void Nothing_is_lost_or_held_longer_than_an_interval_and_no_reactor_overtakes_itself((byte Reactor, byte Gap)[] given)
    {
        NotificationBatcher waiting = new(Seconds(60));
        TimeSpan now = Seconds(0), lastGathered = Seconds(-60);
        Dictionary<string, TimeSpan> added = [];
        List<Notification> taken = [];
        int number = 0;
        foreach ((byte reactor, byte gap) in given)
        {
            TimeSpan next = now + Seconds(gap % 32);
            while (waiting.Due is { } due && due <= next) TakeAt(due > now ? due : now);
            now = next;
            added[$"{++number}"] = now;
            waiting.Add(Some.Notification($"{reactor % 4}", $"{number}"), now);
        }
        while (waiting.Due is { } due) TakeAt(due > now ? due : now);

        Assert.Equal(added.Count, taken.Count);
        foreach (IGrouping<string, Notification> reactor in taken.GroupBy(n => n.Reactor))
            Assert.Equal(Some.Services(reactor).OrderBy(int.Parse), Some.Services(reactor));

        void TakeAt(TimeSpan at)
        {
            now = at;
            List<Notification> message = waiting.Take(now, all: false);
            Assert.NotEmpty(message);
            Assert.All(Some.Services(message), s => Assert.InRange(now - added[s], TimeSpan.Zero, Seconds(60)));
            if (Some.Services(message).Any(s => added[s] < now))
            {
                Assert.True(now - lastGathered >= Seconds(60), "Gathered messages are an interval apart.");
                lastGathered = now;
            }
            taken.AddRange(message);
        }
    }

    static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    void Add(string reactor, string service, int at) => waiting.Add(Some.Notification(reactor, service), Seconds(at));

    void AddAlert(string service, int at) =>
        waiting.Add(Some.Notification("alert", service) with { Kind = NotificationKind.Alert }, Seconds(at));

    string[] Take(int at, bool all = false) => Some.Services(waiting.Take(Seconds(at), all));
}
