using System.Collections.ObjectModel;

namespace Godot.Stages;

/// <summary>A batch that was gathered by its events' own time: what is made of it keeps that time.</summary>
sealed class TimedBatch(IList<Event> events) : ReadOnlyCollection<Event>(events);
