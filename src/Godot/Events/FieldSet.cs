using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Godot.Events;

/// <summary>The members of an event, as a set.</summary>
[Flags]
enum FieldSet : ushort
{
    None = 0,
    Host = 1,
    Service = 2,
    State = 4,
    Description = 8,
    Tags = 16,
    Meta = 32,
    Metric = 64,
    Time = 128,
    Ttl = 256,

    /// <summary>Members that we don't know: kept and forwarded.</summary>
    Other = 512,

    Series = Host | Service,
    All = Series | State | Description | Tags | Meta | Metric | Time | Ttl | Other,
}
