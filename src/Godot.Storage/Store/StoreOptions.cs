using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot.Storage;

/// <summary>How a store keeps its file.</summary>
sealed record StoreOptions
{
    /// <summary>For how long the lines of the ledger and the ids of commands are kept: older ones go as new ones come.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How large the file may grow. Beyond that, the oldest lines of the ledger go as new ones come.</summary>
    public long MostBytes { get; init; } = 1L << 30;

    /// <summary>For how long a start may look for damage. What is larger than can be looked through by then is used as it is.</summary>
    public TimeSpan CheckFor { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
