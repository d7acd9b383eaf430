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

    // Random stories differ where the last incident that was told of ends while another's opening waits for the group's interval: the desk
    // tells the end at once, the naive one with the other.
    [Theory]
    [InlineData(1, false, new[] { 1, 34, 0 })]
    [InlineData(1, false, new[] { 1, 0, 1, 34, 0 })]
    [InlineData(4, true, new[] { 1, 34, 0 })]
    public void And_in_groups(int lanes, bool together, int[] story) =>
        NaiveDeskStories.AreTheSame(story, new MemoryStore(), lanes, together, inGroups: true);
}
