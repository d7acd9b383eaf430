using Godot.Common;

namespace Godot.Runtime;

/// <summary>The indexes of running reactors, by name.</summary>
static class Indexes
{
    /// <summary>The names, in the order in which the reactors were added.</summary>
    public static IEnumerable<string> NamesIn(IEnumerable<RunningReactor> reactors) =>
        from reactor in reactors
        from segment in reactor.Segments
        from stage in segment.Shards[0].Stages.OfType<IndexStage>()
        select stage.Name;

    /// <summary>The stages of an index, one for each lane that it is on.</summary>
    /// <exception cref="NoSuchIndexException">There is none of this name; the message says which there are.</exception>
    public static IReadOnlyList<(SegmentShard Shard, IndexStage Stage)> StagesOf(string name, IReadOnlyList<RunningReactor> reactors)
    {
        List<(SegmentShard, IndexStage)> stages =
        [
            .. from reactor in reactors
               from segment in reactor.Segments
               from shard in segment.Shards
               from stage in shard.Stages.OfType<IndexStage>()
               where stage.Name == name
               select (shard, stage),
        ];
        if (stages.Count > 0) return stages;
        string[] others = [.. NamesIn(reactors)];
        throw new NoSuchIndexException(others.Length == 0
            ? "No reactor keeps an index; add one that does, such as .React(Reactor.Index())."
            : $"There is no index \"{name}\"; say the name of one that there is: {RecipeText.Of(others)}.");
    }

    /// <summary>Refuses a reactor that keeps an index whose name is taken.</summary>
    /// <exception cref="ArgumentException">One of its indexes has the name of another.</exception>
    public static void RefuseTaken(IEnumerable<RunningReactor> running, RunningReactor added)
    {
        HashSet<string> names = [.. NamesIn(running)];
        foreach (string name in NamesIn([added]))
            if (!names.Add(name))
                throw new ArgumentException(
                    $"There is an index \"{name}\" already: names are unique. Give this one a name of its own: Index(\"other\").",
                    nameof(added));
    }
}

/// <summary>There is no index of that name.</summary>
sealed class NoSuchIndexException(string message) : ArgumentException(message);
