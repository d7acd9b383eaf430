using Godot.Common;
using Godot.Recipes;
using Godot.Runtime;

namespace Godot;

/// <summary>By which ways people are told, and whether those work.</summary>
public sealed partial class Engine
{
    // What hangs for longer is a failure to one who looks on.
    static readonly TimeSpan TestPatience = TimeSpan.FromMinutes(1);

    // Of outputs that no reactor has.
    readonly HashSet<OutputQueue> kept = [];

    /// <summary>The outputs of all policies, and those of other recipes that tell people, by name.</summary>
    public IReadOnlyList<ChannelInfo> Channels =>
        [.. ChannelQueues.GroupBy(queue => queue.Recipe.ChannelName).OrderBy(one => one.Key, StringComparer.Ordinal).Select(InfoOf)];

    /// <summary>
    /// Sends a message that is marked as a test by one channel of the running program, at once and past all that waits there. It is tried
    /// once; the ledger says who tried it, and what became of it.
    /// </summary>
    /// <param name="channel">Its name, as <see cref="Channels"/> has it.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Nobody waits for the answer any more; the message may be sent all the same.</param>
    /// <returns>Whether it was sent. A minute without an answer is a failure.</returns>
    /// <exception cref="ArgumentException">There is no such channel, or it tells programs and not people.</exception>
    public async Task<ChannelTest> TestAsync(string channel, string by, CancellationToken cancellationToken = default)
    {
        CheckCommand(channel, by);
        OutputQueue queue = ChannelQueues.FirstOrDefault(one => one.Recipe.ChannelName == channel)
            ?? throw new ArgumentException($"There is no channel \"{PlainText.Line(channel)}\"; there "
                + (Channels is { Count: > 0 } all ? $"are: {string.Join(", ", all.Select(one => one.Name))}." : "is none."),
                nameof(channel));
        if (!queue.Recipe.TellsPeople)
            throw new ArgumentException($"{channel} passes events on to programs, and nobody reads a test there: send an event instead.",
                nameof(channel));
        Notification test = NewNotification("godot/test", NotificationKind.Test, new Event
        {
            Host = Environment.MachineName,
            Service = "godot/test",
            State = "TEST",
            Description = $"TEST: sent by {by}, nothing is wrong.",
        });
        long began = TimeProvider.GetTimestamp();
        string? failure = await queue.SendNowAsync(test, TestPatience, cancellationToken).ConfigureAwait(false);
        ChannelTest result = new(channel, TimeProvider.GetElapsedTime(began), failure);
        Alerts.Tested(result, by);
        return result;
    }

    /// <summary>Opens outputs that no reactor has, and keeps them open.</summary>
    /// <exception cref="ArgumentException">One refuses its configuration.</exception>
    internal IReadOnlyList<OutputQueue> Open(IEnumerable<OutputStep> steps)
    {
        lock (changes)
        {
            OutputQueue[] queues = [.. steps.SelectMany(step => outputs.Of(step.Output)).Distinct()];
            kept.UnionWith(queues);
            return queues;
        }
    }

    /// <summary>What the monitor itself has to say.</summary>
    internal Notification NewNotification(string reactor, NotificationKind kind, Event e) =>
        new(reactor, [e with { Time = TimeProvider.GetUtcNow() }], outputs.Numbers.Next()) { Kind = kind };

    IEnumerable<OutputQueue> ChannelQueues => outputs.All.Where(queue => queue.Recipe.TellsPeople || Alerts.Tells(queue));

    bool IsKept(OutputQueue queue) => kept.Contains(queue) || Alerts.Uses(queue);

    // Outputs that differ in their texts alone may have one name.
    ChannelInfo InfoOf(IGrouping<string, OutputQueue> queues)
    {
        FailedAttempt? failure = queues.Select(queue => queue.Report.LastFailure).MaxBy(last => last?.At);
        return new(queues.Key, queues.First().Recipe.Name)
        {
            TellsPeople = queues.First().Recipe.TellsPeople,
            Pending = queues.Sum(queue => queue.Pending),
            OldestUnsent = queues.Max(queue => queue.OldestUnsent),
            Sent = queues.Sum(queue => queue.Report.Sent),
            FailedAttempts = queues.Sum(queue => queue.Report.Failed),
            Dropped = queues.Sum(queue => queue.Report.Dropped),
            Abandoned = queues.Sum(queue => queue.Report.Abandoned),
            LastSuccess = queues.Max(queue => queue.Report.LastSuccess),
            LastFailure = failure?.At,
            LastError = failure?.Why,
        };
    }
}
