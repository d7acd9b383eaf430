using System.Globalization;
using Godot.Common;
using Godot.Recipes;

namespace Godot.Alerting;

/// <summary>Who is told what, and when; or why not.</summary>
sealed partial class Desk
{
    /// <summary>Why something is not told now.</summary>
    /// <param name="Because">As the ledger says it; null where it is but a moment that is waited for.</param>
    /// <param name="Until">When to look again; null: when whatever holds it back ends.</param>
    readonly record struct Hold(string? Because, TimeSpan? Until);

    void Tell()
    {
        while (dirty.TryDequeue(out TellingGroup? group))
        {
            group.IsDirty = false;
            Tell(group);
        }
    }

    // One member of thousands has changed, or what holds all of them back: most turns do not look at the others.
    void Tell(TellingGroup group)
    {
        bool all = group.IsDue, othersWait = group.IsWaiting && !all;
        Telling[] members = [.. all ? group.Members : group.Changed.Where(telling => !telling.HasLeft)];
        group.IsDue = false;
        group.Changed.Clear();
        if (all) held.Remove(group);
        List<(Telling Telling, Transition What)> ready = [];
        bool urgent = ending, ends = false;
        foreach (Telling telling in members)
        {
            if (telling.Wants(clock.Now) is not { } what)
            {
                if (!telling.Case.IsOpen) Leave(telling, "over before anybody was told");
                else if (telling.RepeatAt is { } repeat) LookAt(group, repeat);
            }
            else if (what != Transition.Resolved && HoldOf(telling) is { } hold)
            {
                HoldBack(telling, hold);
            }
            else
            {
                ready.Add((telling, what));
                urgent |= what is Transition.Worse or Transition.Reminded;
                ends |= what == Transition.Resolved;
            }
        }
        Close(group);
        group.IsWaiting = othersWait || ready.Count > 0;
        if (!group.IsWaiting) return;
        // The end of the last one that somebody knows of does not wait; whether others wait that burn, only a look at all says.
        bool lastEnds = ends && group.Open == 0;
        urgent |= lastEnds && ready.TrueForAll(one => one.What == Transition.Resolved);
        if (othersWait && (urgent || lastEnds || clock.Now >= group.MayTellAt))
            Look(group);
        else if (!urgent && clock.Now < group.MayTellAt)
            LookAt(group, group.MayTellAt);
        else
            Tell(group, ready);
    }

    void Tell(TellingGroup group, List<(Telling Telling, Transition What)> ready)
    {
        (group.Told, group.IsWaiting) = (clock.Now, false);
        // Several reactors' incidents may go in one message; it has the name of the first's.
        Notice[] notices = [.. ready.Select(one => NoticeOf(one.Telling, one.What))];
        NotificationNumber now = new(clock.Utc.ToUnixTimeMilliseconds(), 0, 0);
        Notification notification = new(notices[0].Incident.Reactor, [.. notices.Select(notice => notice.Incident.Latest)], now)
        {
            Id = IdOf(group, notices),
            Step = notices[0].Incident.Step,
            Kind = NotificationKind.Alert,
            Notices = notices,
        };
        IChannel[] to = [.. ChannelsOf(group.Policy).Distinct()];
        IReadOnlyList<string> fallback = FallbackOf(group.Policy);
        foreach (IChannel channel in to) Send(channel, notification, fallback);
        foreach (((Telling telling, Transition what), Notice notice) in ready.Zip(notices))
        {
            foreach (IChannel channel in to)
                Note(telling.Case, Told(notice), channel.Name, notice.HeldBack);
            touched.Add(telling.Case);
            if (what == Transition.Resolved) Leave(telling, null);
            else telling.Told(clock.Now);
            if (telling.RepeatAt is { } repeat) LookAt(group, repeat);
            Escalate(telling.Case);
        }
        Close(group);
        // When the group told last is kept with those who are in it.
        if (group.Members.Count > 0 && ready.TrueForAll(one => one.Telling.HasLeft)) touched.Add(group.Members[0].Case);
    }

    Notice NoticeOf(Telling telling, Transition what)
    {
        Incident incident = telling.Case.At(clock.Now);
        Notice notice = new(what, incident)
        {
            HeldBack = what is Transition.Resolved or Transition.Reminded ? null : telling.HeldBy,
        };
        if (telling.Case.Port?.OwnText is not { } text) return notice;
        try
        {
            return notice with { Text = text.Of(incident) };
        }
        // A user's function may throw anything; people are told all the same.
        catch (Exception thrown)
        {
            string why = $"the rule's own text could not be made: {Thrown.MessageOf(thrown)}";
            Note(telling.Case, "text failed", because: why);
            return notice with { Text = $"({why})" };
        }
    }

    // The same for the same notice, so that a run that is replayed says the same.
    static string IdOf(TellingGroup group, Notice[] notices) =>
        Digest.Of(string.Join('\n', notices.Select(notice => string.Create(CultureInfo.InvariantCulture,
            $"{notice.Incident.Id} {notice.Transition} {notice.Incident.Lasted.Ticks}")).Append(group.Policy.ToString())));

    // There is nothing more to say of it.
    void Leave(Telling telling, string? because)
    {
        if (because is not null)
        {
            foreach (IChannel channel in ChannelsOf(telling.Policy))
                Note(telling.Case, "not told", channel.Name, telling.HeldBy is { } held ? $"{because}: {held}" : because);
        }
        telling.HasLeft = telling.Group.AnyHasLeft = true;
        telling.Case.Tellings.Remove(telling);
        touched.Add(telling.Case);
    }

    void Close(TellingGroup group)
    {
        if (group.AnyHasLeft) group.Members.RemoveAll(telling => telling.HasLeft);
        group.AnyHasLeft = false;
        // One that was closed is looked at again at times that it had asked for: by then there may be another of its name.
        if (group.Members.Count == 0 && groups.GetValueOrDefault((group.Policy, group.Key)) == group)
            groups.Remove((group.Policy, group.Key));
    }

    void HoldBack(Telling telling, Hold hold)
    {
        held.Add(telling.Group);
        if (hold.Until is { } until) LookAt(telling.Group, until);
        if (hold.Because is not { } because || because == telling.HeldBy) return;
        telling.HeldBy = because;
        foreach (IChannel channel in ChannelsOf(telling.Policy)) Note(telling.Case, "not told", channel.Name, because);
    }

    IEnumerable<IChannel> ChannelsOf(Policy policy) => policy.Outputs.SelectMany(output => channels.Of(output.Output));

    Hold? HoldOf(Telling telling)
    {
        Case one = telling.Case;
        if (one.Incident.Acknowledged is { } by)
            return new($"acknowledged by {by.By}", by.Until is { } until ? clock.Towards(until) : null);
        if (silences.Of(one, clock.Utc) is { } silence)
            return new($"silenced {ByAndUntil(silence)}", clock.Towards(silence.Until));
        if (inhibitions.MayHush(one.Incident.Reactor))
        {
            if (inhibitions.By(one, clock.Now) is { } hushed) return new($"hushed by {hushed.Reactor}", hushed.Until);
            // What would hush it may have opened before the start, too, and be heard after it.
            TimeSpan waits = (one.OpenedAt > TimeSpan.Zero ? one.OpenedAt : TimeSpan.Zero) + Inhibitions.Grace;
            if (!telling.IsTold && clock.Now < waits) return new(null, waits);
        }
        if (one.HeardBy is { } heardBy && clock.Now < heardBy) return new(null, heardBy);
        foreach (Window window in telling.Policy.Windows)
            if (window.EndAt(clock.Utc) is { } end) return new($"muted by {window}", clock.Towards(end));
        return null;
    }

    void LookAtSteps(Case one, TimeSpan when)
    {
        if (one.StepsLookedAt <= when) return;
        one.StepsLookedAt = when;
        At(when, () =>
        {
            if (one.StepsLookedAt == when) one.StepsLookedAt = null;
            Escalate(one);
        });
    }

    // Steps of all that have told, when their time has come.
    void Escalate(Case one)
    {
        if (!one.IsOpen) return;
        foreach (Telling telling in one.Tellings.ToArray())
        {
            while (telling.StepAt is { } at)
            {
                TimeSpan when = one.HeardBy is { } heardBy && heardBy > at ? heardBy : at;
                if (when > clock.Now)
                {
                    LookAtSteps(one, when);
                    break;
                }
                int step = telling.Escalated++;
                (TimeSpan after, Policy next) = telling.Policy.Steps[step];
                foreach (IChannel channel in ChannelsOf(next))
                    Note(one, "escalated", channel.Name, $"nobody has acknowledged it for {Notice.Duration(after)}");
                Attach(one, next, $"{telling.Path}.{Path(step)}");
                touched.Add(one);
            }
        }
    }
}
