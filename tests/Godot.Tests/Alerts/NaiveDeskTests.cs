using FsCheck.Xunit;
using Godot.Alerting;

namespace Godot.Tests;

/// <summary>The desk and a naive one say the same.</summary>
public class NaiveDeskTests
{
    [Property(MaxTest = 300)]
    public void The_desk_says_what_a_naive_one_says_on_one_lane(int[] story) => NaiveDeskStories.AreTheSame(story, new MemoryStore());

    [Property(MaxTest = 100)]
    public void And_on_many_in_blocks(int[] story) => NaiveDeskStories.AreTheSame(story, new MemoryStore(), lanes: 4, together: true);

    [Property(MaxTest = 300)]
    public void And_in_groups(int[] story) => NaiveDeskStories.AreTheSame(story, new MemoryStore(), inGroups: true);

    [Property(MaxTest = 100)]
    public void And_in_groups_on_many_in_blocks(int[] story) =>
        NaiveDeskStories.AreTheSame(story, new MemoryStore(), lanes: 4, together: true, inGroups: true);

    // A group that had ended before it told anything took the next of its name with it, a moment later: that told its end at once.
    [Fact]
    public void And_in_a_group_after_one_that_ended_untold() =>
        NaiveDeskStories.AreTheSame([1, 0, 1, 34, 10, 0], new MemoryStore(), inGroups: true);
}
