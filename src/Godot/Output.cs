using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// Somewhere that notifications go: a mail server, a web hook, a terminal. Whoever feeds it owns batching, retries and reporting.
/// </summary>
/// <remarks>Called by one task at a time. One that is <see cref="IAsyncDisposable"/> is disposed after the last call.</remarks>
public interface IOutput
{
    /// <summary>
    /// Sends notifications, as one message where that is possible. Throws if they were not sent: they will be tried again, with back-off.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when <see cref="OutputRecipe.SendTimeout"/> or the time to stop is over.</param>
    /// <exception cref="UndeliverableException">They can never be sent: they are abandoned and not tried again.</exception>
    /// <exception cref="PartlySentException">The first of them were sent: only the others are tried again.</exception>
    /// <exception cref="RetryLaterException">They will be tried again, but not before the time that it says.</exception>
    Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken);

    /// <summary>
    /// Saves, as well as it can, what will not be sent: at exit, or because it is undeliverable. Returns a sentence that says where it is.
    /// Null, the default: it is lost,
    /// and a program that ends so does not end with 0.
    /// </summary>
    string? Abandon(IReadOnlyList<Notification> notifications) => null;
}

/// <summary>An output as a recipe names it.</summary>
public abstract record OutputRecipe
{
    /// <summary>The kind of output, as metrics and logs name it: "email".</summary>
    public abstract string Name { get; }

    /// <summary>
    /// What people and the ledger of alerts call it, with who is reached: "email:ops@host.com". Default: its name.
    /// </summary>
    public virtual string ChannelName => Name;

    /// <summary>
    /// True if people read what it sends: a <see cref="Silence"/> holds events back from it that it matches. Default: true. False of what
    /// passes events on to programs, or prints them.
    /// </summary>
    public virtual bool TellsPeople => true;

    /// <summary>
    /// True if what it is to send is kept until it is delivered, and so outlives the program: it opens an <see cref="IMessageOutput"/>.
    /// Default: false, what waits ends with the program.
    /// </summary>
    public virtual bool IsDurable => false;

    /// <summary>
    /// Which queue it shares: outputs of one class with the same key are one output, with one queue and its interval, whatever reactors
    /// hand to them. So it names all that the output depends on. Default: null, this object alone, wherever it is used.
    /// </summary>
    public virtual string? QueueKey => null;

    /// <summary>
    /// How long after a send the next notifications are gathered, to be sent as one. The first of a reactor that has been quiet so long
    /// goes out at once. Zero: each is sent by itself.
    /// </summary>
    public virtual TimeSpan Interval => TimeSpan.Zero;

    /// <summary>
    /// How many notifications may wait. When there are so many, a new one is dropped and counted, and a warning logged. Default 10,000.
    /// </summary>
    public virtual int Capacity => 10_000;

    /// <summary>
    /// How long one send may take; then it is cancelled, and tried again. <see cref="Timeout.InfiniteTimeSpan"/>: the output has a limit of
    /// its own. Default: one minute.
    /// </summary>
    public virtual TimeSpan SendTimeout => TimeSpan.FromMinutes(1);

    /// <summary>How much of a stop's time is for sending what waits. Default: as much as there is.</summary>
    internal virtual TimeSpan StopTimeout => Timeout.InfiniteTimeSpan;

    /// <summary>
    /// The outputs that this one consists of: one for each recipient whose fate is not the others'. Each has a queue of its own, so that
    /// one who cannot be reached holds
    /// nobody else up, and who has taken a message does not get it again. Default: itself alone.
    /// </summary>
    /// <exception cref="ArgumentException">It cannot work as configured.</exception>
    public virtual IEnumerable<OutputRecipe> Parts(OutputContext context) => [this];

    /// <summary>
    /// What it would say of a notification, as people would read it; null if it sends nothing but the events as they are. For <c>check</c>,
    /// which asks with events that are made up, before the output is opened and any event came: what this throws, sending would throw.
    /// Default: null.
    /// </summary>
    public virtual string? Preview(Notification notification) => null;

    /// <summary>
    /// Tries whether it could send, without any effect: whether what it sends to is there and lets it in. For <c>check --connect</c>.
    /// Returns a sentence that says what was reached; null, the default, if nothing can be tried without sending.
    /// </summary>
    /// <param name="context">What an output may use.</param>
    /// <param name="cancellationToken">It takes too long.</param>
    /// <exception cref="Exception">It could not send; the message is a sentence that says why.</exception>
    public virtual Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Makes the running output; called once, before the server accepts its first event.</summary>
    /// <exception cref="ArgumentException">It cannot work as configured; the message is a sentence that says what to change.</exception>
    public abstract IOutput Open(OutputContext context);
}

/// <summary>What an output may use.</summary>
/// <param name="TimeProvider">The engine's clock.</param>
/// <param name="LoggerFactory">Where to log.</param>
/// <param name="Services">The host's services (options, configuration); null if there is no host.</param>
public sealed record OutputContext(TimeProvider TimeProvider, ILoggerFactory LoggerFactory, IServiceProvider? Services)
{
    readonly HashSet<object> subjects = [];

    /// <summary>
    /// True for the first output of the engine that asks about a subject: what all of them would say needs to be said once.
    /// </summary>
    internal bool IsFirst(object subject)
    {
        lock (subjects) return subjects.Add(subject);
    }
}

/// <summary>An attempt to send that failed after the first of its notifications were taken.</summary>
/// <param name="sent">How many were, from the first on.</param>
/// <param name="message">Why the others were not.</param>
/// <param name="inner">What was thrown.</param>
public sealed class PartlySentException(int sent, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How many notifications were sent, from the first on.</summary>
    public int Sent => sent;
}

/// <summary>A notification that no retry can deliver: the recipient does not exist, the message was refused for good.</summary>
public sealed class UndeliverableException : Exception
{
    /// <summary>Says why.</summary>
    public UndeliverableException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}

/// <summary>
/// An attempt to send that failed, where the other side says when to come again. An attempt that follows comes no sooner than that, nor
/// than it would have without.
/// </summary>
public sealed class RetryLaterException : Exception
{
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Says how long to wait, and why it failed.</summary>
    /// <param name="after">How long; more than an hour is an hour, less than nothing is nothing.</param>
    /// <param name="message">Why it was not sent.</param>
    /// <param name="inner">What was thrown.</param>
    public RetryLaterException(TimeSpan after, string message, Exception? inner = null) : base(message, inner) =>
        After = after < TimeSpan.Zero ? TimeSpan.Zero : after > Longest ? Longest : after;

    /// <summary>How long not to try again.</summary>
    public TimeSpan After { get; }
}
