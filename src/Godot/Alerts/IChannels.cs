namespace Godot.Alerting;

/// <summary>Where notices go: the outputs of the engine that runs the desk.</summary>
interface IChannels
{
    /// <summary>The channels of an output that an alert's policy names, one for each recipient whose fate is not the others'.</summary>
    IReadOnlyList<IChannel> Of(OutputRecipe output);

    /// <summary>The channels that the ledger calls so.</summary>
    IEnumerable<IChannel> Named(string name);

    /// <summary>Hands reactors an event of the monitor's own; called after the turn.</summary>
    void Say(Event e);

    /// <summary>So many messages to a channel that nothing tells any more have become dead letters.</summary>
    void Gone(string channel, int messages);

    /// <summary>Hears of each decision when it is kept, before anything of it is sent.</summary>
    void Decided(LedgerLine line);

    /// <summary>The store did not take, or did not say, something; what is to be sent is sent all the same.</summary>
    void StoreFailed(Exception thrown);
}

/// <summary>One recipient, or several that are told as one.</summary>
interface IChannel
{
    /// <summary>As the ledger calls it: <c>email:ops@host.com</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Unlike that of any other, where what is to be sent is kept until it is delivered; null: it is not.
    /// </summary>
    string? Durable { get; }

    /// <summary>Never waits, and never throws.</summary>
    void Send(Notification notification);
}
