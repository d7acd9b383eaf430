using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Godot.Runtime;

/// <summary>
/// One stage's count: events handed to it, those lost in it because it threw, and those that came too late to be taken into account.
/// </summary>
readonly record struct StageCount(string Reactor, string Stage, long Events, long Failed, long Late = 0);
