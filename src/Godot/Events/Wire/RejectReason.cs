namespace Godot.Events;

/// <summary>Why a piece of input is not an event, or kept without a member. A decoder's own reasons come behind these, by number.</summary>
enum RejectReason
{
    NotJson,
    NotUtf8,
    TooLong,
    TooDeep,
    WrongType,
    OutOfRange,
    StateTooLong,
    NotAnEvent,
    NameTooLong,

    /// <summary>A line of HTTP or TLS; the connection was closed.</summary>
    OtherProtocol,

    /// <summary>The rest of the line did not come: the connection broke, or was closed from our side.</summary>
    Cut,

    /// <summary>All connections' beginnings of lines took too much memory; this one's was given up, and it was closed.</summary>
    Unfinished,

    /// <summary>The decoder threw: it is a mistake in its program.</summary>
    DecoderFailed,

    /// <summary>Its service begins as those of the monitor's own events do.</summary>
    Reserved,
}

static class RejectReasons
{
    /// <summary>The reasons as metrics and logs name them; the order is <see cref="RejectReason"/>'s.</summary>
    public static readonly string[] Names =
    [
        "not_json", "not_utf8", "too_long", "too_deep", "wrong_type", "out_of_range", "state_too_long", "not_an_event", "name_too_long",
        "other_protocol", "cut", "unfinished", "decoder_failed", "reserved",
    ];

    /// <summary>Those for which a member is left out, and the event kept.</summary>
    public static ReadOnlySpan<RejectReason> OfMembers => [RejectReason.WrongType, RejectReason.OutOfRange, RejectReason.StateTooLong];

    public static string Name(this RejectReason reason) => Names[(int)reason];
}
