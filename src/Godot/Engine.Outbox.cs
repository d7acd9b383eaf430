using Godot.Alerting;
using Godot.Runtime;

namespace Godot;

/// <summary>What people ask and tell about messages that are not delivered.</summary>
public sealed partial class Engine
{
    /// <summary>What was decided and is not delivered, dead letters among it: the oldest first.</summary>
    public IReadOnlyList<OutboxMessage> Outbox => [.. Alerts.Desk.Outbox.Select(row =>
        new OutboxMessage(row.Id, row.Channel, row.Tells, row.Since, TimeProvider.GetUtcNow() - row.Since)
        {
            Attempts = row.Attempts,
            NextAttempt = row.NextAt,
            LastError = row.Error,
            IsDead = row.DeadAt is not null,
        })];

    /// <summary>Tries at once to deliver a message; also a dead letter, from now on as any other.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="by">Who says so; the ledger keeps it.</param>
    /// <returns>False if there is none of this id, or no reactor tells its channel.</returns>
    /// <exception cref="ArgumentException">Nobody is named.</exception>
    public bool RetryOutbox(string id, string by)
    {
        CheckCommand(id, by);
        lock (changes)
        {
            if (Find(id) is not { } row || QueueOf(row) is not { } queue) return false;
            Alerts.Desk.Retried(row, by);
            // A dead letter, or what was left by a queue that has ended.
            if (!queue.Holds(id)) queue.Take([Alerts.Desk.Revive(row)]);
            queue.RetryNow();
            return true;
        }
    }

    /// <summary>Gives a message up: it is not sent, and no dead letter. The ledger says who did that.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="by">Who says so.</param>
    /// <returns>False if there is none of this id, or it is being sent.</returns>
    /// <exception cref="ArgumentException">Nobody is named.</exception>
    public bool DropOutbox(string id, string by)
    {
        CheckCommand(id, by);
        lock (changes)
        {
            if (Find(id) is not { } row) return false;
            if (QueueOf(row) is { } queue && queue.Holds(id) && !queue.Forget(id)) return false;
            Alerts.Desk.Drop(row, by);
            return true;
        }
    }

    KeptMessage? Find(string id) => Alerts.Desk.Outbox.FirstOrDefault(row => row.Id == id);

    OutputQueue? QueueOf(KeptMessage row) =>
        outputs.All.FirstOrDefault(queue => queue.Durable is not null && queue.Recipe.ChannelName == row.Channel);
}
