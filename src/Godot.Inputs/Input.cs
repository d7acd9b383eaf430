using System.Net;
using Godot.Events;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// Where a server's events come from: a port, a file, a device, a service that is asked. One of your own is handed to
/// <c>GodotServer.Input</c>; it opens an <see cref="EventFeed"/> for each stream of bytes or events that it has, and the feed decodes,
/// counts, logs what is rejected, and waits while reactors are busy.
/// </summary>
/// <remarks>
/// All inputs of a server are opened, one after the other, before any of them runs. An input runs once.
/// </remarks>
public abstract class Input
{
    InputContext? context;

    /// <param name="decoder">
    /// Makes decoders of what comes as bytes (<see cref="MessageDecoder"/>), one for each thread that reads. Default: JSON lines.
    /// </param>
    protected Input(Func<EventDecoder>? decoder = null)
    {
        Decoder = decoder ?? JsonLines.New;
        Format = Decoder();
        Counters = new(Format.Reasons);
    }

    /// <summary>How metrics and logs call it, such as <c>serial:/dev/ttyS0</c>; no other input of the server has this name.</summary>
    public abstract string Name { get; }

    /// <summary>Where it listens, as configured until it is open; null, the default, if it does not.</summary>
    public virtual EndPoint? EndPoint => null;

    /// <summary>The server's clock.</summary>
    protected TimeProvider Clock => Context.Clock;

    /// <summary>The server's log.</summary>
    protected ILogger Logger => Context.Log;

    /// <summary>A way into the engine, for one stream at a time. Open when the input is.</summary>
    protected EventFeed OpenFeed() => new(this);

    /// <summary>Counts events that it lost itself, because their sender cannot be made to wait.</summary>
    protected void CountDropped(long events) => Counters.AddDropped(events);

    /// <summary>Opens what it reads, so that a server which cannot read it does not start. Default: there is nothing to open.</summary>
    /// <exception cref="InputException">
    /// It cannot be had; the message is a sentence that says why and what to change. Whatever else is thrown stops the start as well.
    /// </exception>
    protected internal virtual void Open()
    {
    }

    /// <summary>
    /// Takes events in. Completes when there are none any more, or when it was told to stop and has handed over what had arrived. What it
    /// throws is logged, and the server goes on without it, as one that is not healthy.
    /// </summary>
    /// <param name="cancellationToken">
    /// Cancelled when the server stops; about half of <c>GodotServerOptions.StopTimeout</c> is left then. To end with the exception of a
    /// cancelled wait is to end well.
    /// </param>
    protected internal abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Gives back what <see cref="Open"/> opened, once it has run, or because another input could not be opened.</summary>
    protected internal virtual void Close()
    {
    }

    /// <summary>Makes a decoder of what its senders send, for each way into the engine that they need.</summary>
    internal Func<EventDecoder> Decoder { get; }

    /// <summary>One to ask about the format.</summary>
    internal EventDecoder Format { get; }

    internal InputCounters Counters { get; }

    internal RejectLog Rejects => field ??= new(this, Context.Log, Context.Clock);

    /// <summary>What it shares with the other inputs of the running server.</summary>
    internal InputContext Context => context
        ?? throw new InvalidOperationException($"{Name} is not open: a server opens it when it starts.");

    /// <summary>
    /// Events that were lost: because there are too many series, because a stop could not wait, or because the input cannot make its
    /// senders wait.
    /// </summary>
    internal virtual long Dropped => Counters.Dropped;

    /// <summary>Who may send, where that is ours to say.</summary>
    internal virtual Allow? Allow => null;

    /// <summary>Says who may send; not where the system says it.</summary>
    internal virtual void LetIn(Allow allow)
    {
    }

    /// <summary>It is open, and has to be closed.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>It belongs to a running server now.</summary>
    internal void Share(InputContext context)
    {
        if (this.context is not null) throw new InputException($"{Name} has been opened before: give each server an input of its own.");
        this.context = context;
    }

    /// <summary>Opens it as an input of a running server.</summary>
    internal void Bind(InputContext context)
    {
        Share(context);
        try
        {
            Open();
        }
        catch (Exception e) when (e is not (InputException or OperationCanceledException))
        {
            throw new InputException($"{Name} cannot be opened: {e.Message}", e);
        }
        IsOpen = true;
    }
}
