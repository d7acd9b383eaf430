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
}
