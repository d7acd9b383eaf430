namespace Godot.Tests;

public sealed class ListsTests
{
    [Fact]
    public void Lists_do_not_overlap_whatever_their_lengths()
    {
        Lists<int> lists = new();
        List<(int Place, int Length)> taken = [];
        Random random = new(1);
        for (int i = 0; i < 5_000; i++)
        {
            int length = random.Next(20) == 0 ? random.Next(1, 10_000) : random.Next(1, 30);
            int place = lists.Take(length);
            lists[place, length].Fill(i);
            taken.Add((place, length));
        }
        for (int i = 0; i < taken.Count; i++) Assert.Equal(-1, lists[taken[i].Place, taken[i].Length].IndexOfAnyExcept(i));
    }

    [Fact]
    public void A_list_that_was_given_back_is_taken_again_by_one_of_its_length()
    {
        Lists<int> lists = new();
        int first = lists.Take(3), second = lists.Take(3);
        lists.GiveBack(first, 3);
        Assert.NotEqual(first, lists.Take(2));
        Assert.Equal(first, lists.Take(3));
        Assert.NotEqual(second, first);
    }
}
