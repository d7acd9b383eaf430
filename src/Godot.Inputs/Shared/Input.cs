using System.Net;

namespace Godot;

/// <summary>Where events come from. Bound first, all of a server's inputs together, and run once every one of them is.</summary>
abstract class Input(Func<EventDecoder> decoder) : IDisposable
{
    /// <summary>Makes a decoder of what its senders send, for each way into the engine that they need.</summary>
    public Func<EventDecoder> Decoder => decoder;

    /// <summary>One to ask about the format.</summary>
    protected EventDecoder Format { get; } = decoder();

    public abstract string Name { get; }

    /// <summary>Where it listens; as configured until it is bound.</summary>
    public abstract EndPoint EndPoint { get; }

    public InputCounters Counters => field ??= new(Format.Reasons);

    /// <summary>
    /// Events that were lost: because there are too many series, because a stop could not wait, or because UDP cannot make its senders
    /// wait.
    /// </summary>
    public virtual long Dropped => Counters.Dropped;

    /// <summary>Who may send, where that is ours to say.</summary>
    public virtual Allow? Allow => null;

    /// <summary>Says who may send; not where the system says it.</summary>
    public virtual void LetIn(Allow allow)
    {
    }

    /// <summary>Takes the port or path.</summary>
    /// <exception cref="InputException">It cannot be had.</exception>
    public abstract void Bind(InputContext context);

    /// <summary>
    /// Takes events in until <see cref="InputContext.Stopping"/>; completes when what the kernel held by then has gone through the engine,
    /// or was abandoned.
    /// </summary>
    public abstract Task RunAsync();

    /// <summary>Gives back the port or path.</summary>
    public abstract void Dispose();
}
