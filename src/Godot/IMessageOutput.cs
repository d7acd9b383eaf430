namespace Godot;

/// <summary>
/// An output whose messages are kept until they are delivered: each is put together once, is on the disk before its first byte is sent, and
/// is sent with the same id and content, also after a restart, until it is taken, or refused for good. In memory where nothing is kept.
/// </summary>
/// <remarks>Called by one task at a time. Its recipe says <see cref="OutputRecipe.IsDurable"/>.</remarks>
public interface IMessageOutput : IOutput
{
    /// <summary>Puts together the one message that tells of these notifications. Sends nothing.</summary>
    /// <param name="notifications">What it tells, in the order in which it was decided.</param>
    /// <param name="id">The message's: 32 letters and digits, unlike that of any other message to any other recipient.</param>
    OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id);

    /// <summary>Sends a message. When this returns, it is taken.</summary>
    /// <param name="message">What <see cref="Compose"/> made, perhaps in an earlier run of the program.</param>
    /// <param name="cancellationToken">Cancelled when <see cref="OutputRecipe.SendTimeout"/> or the time to stop is over.</param>
    /// <exception cref="UndeliverableException">It is refused for good: it is a dead letter, and not tried again.</exception>
    /// <exception cref="NotTakenException">
    /// Nobody has it: what it tells is put together anew for the next attempt, with what came since.
    /// </exception>
    /// <exception cref="RetryLaterException">The same, and not before the time that it says.</exception>
    /// <exception cref="Exception">Anything else: somebody may have it. The same message is sent again.</exception>
    Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken);

    Task IOutput.SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken) =>
        DeliverAsync(Compose(notifications, notifications[0].Id), cancellationToken);
}

/// <summary>A message to one recipient. It is the same in every attempt.</summary>
/// <param name="Id">By it a receiver tells what it has had already.</param>
/// <param name="Content">What is sent, as its output understands it: a mail, the body of a request.</param>
public sealed record OutgoingMessage(string Id, byte[] Content);
