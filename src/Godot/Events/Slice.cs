using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Godot.Events;

/// <summary>
/// Where a text stands in an event's bytes, counted from the event's first byte. A string is what stands between its quotes, escapes and
/// all; tags and meta are JSON text, brackets and all.
/// </summary>
readonly record struct Slice(int Start, int Length);
