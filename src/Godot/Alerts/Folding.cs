namespace Godot.Alerting;

/// <summary>What is told of an incident more than once, in one message, as once.</summary>
static class Folding
{
    /// <summary>Of an incident whose end is among it, the end alone, which says if it tells the opening as well.</summary>
    public static IReadOnlyList<Notification> OfEnds(IReadOnlyList<Notification> notifications)
    {
        Dictionary<string, Notice> ends = NoticesOf(notifications).GroupBy(notice => notice.Incident.Id)
            .Where(its => its.Count() > 1 && its.Any(IsEnd)).ToDictionary(its => its.Key, its => One([.. its]));
        if (ends.Count == 0) return notifications;
        HashSet<string> left = [.. ends.Keys];
        List<Notification> folded = [];
        // From behind: of several ends of one incident the last one stays.
        foreach (Notification notification in notifications.Reverse())
        {
            List<Notice> notices = [];
            foreach (Notice notice in notification.Notices.Reverse())
            {
                if (!ends.TryGetValue(notice.Incident.Id, out Notice? end)) notices.Insert(0, notice);
                else if (IsEnd(notice) && left.Remove(notice.Incident.Id)) notices.Insert(0, end);
            }
            if (notification.Notices.Count == 0) folded.Insert(0, notification);
            else if (notices.Count > 0) folded.Insert(0, With(notification, notices));
        }
        return folded;
    }

    /// <summary>All as one, in which each incident stands once.</summary>
    public static Notification ToOne(IReadOnlyList<Notification> notifications) =>
        With(notifications[0], [.. NoticesOf(notifications).GroupBy(notice => notice.Incident.Id).Select(its => One([.. its]))]) with
        {
            Rows = [.. notifications.SelectMany(notification => notification.Rows).Distinct()],
            Fallback = [.. notifications.SelectMany(notification => notification.Fallback).Distinct()],
        };

    static IEnumerable<Notice> NoticesOf(IEnumerable<Notification> notifications) =>
        notifications.SelectMany(notification => notification.Notices);

    static bool IsEnd(Notice notice) => notice.Transition == Transition.Resolved;

    // In the order in which they were decided.
    static Notice One(Notice[] notices)
    {
        Notice last = Array.FindLast(notices, IsEnd) ?? notices[^1];
        bool opens = Array.Exists(notices, notice => notice.OpeningMessage is null
            && (notice.Transition is Transition.Opened or Transition.Escalated || notice.TellsOpening));
        if (!opens) return last;
        return IsEnd(last) ? last with { TellsOpening = true } : last with { Transition = Transition.Opened };
    }

    static Notification With(Notification notification, IReadOnlyList<Notice> notices) =>
        notification with { Notices = notices, Events = [.. notices.Select(notice => notice.Incident.Latest)] };
}
