using System.Text.RegularExpressions;

namespace Godot;

/// <summary>What an index has that matches a query.</summary>
/// <param name="Events">By service, then by host; those without one first. At most as many as were asked for.</param>
/// <param name="Matches">How many there are in all.</param>
public sealed record SearchResult(IReadOnlyList<Event> Events, long Matches);
