using System.Runtime.CompilerServices;
using Godot.Memory;

namespace Godot.Tests;

public sealed class ListsTests
{
    [Fact]
    public void Lists_do_not_overlap_whatever_their_lengths()
    {
        ListArena<int> lists = new();
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
        ListArena<int> lists = new();
        int first = lists.Take(3), second = lists.Take(3);
        lists.GiveBack(first, 3);
        Assert.NotEqual(first, lists.Take(2));
        Assert.Equal(first, lists.Take(3));
        Assert.NotEqual(second, first);
    }

    [Fact]
    public void A_list_that_grows_item_by_item_uses_again_what_it_gave_back()
    {
        ListArena<int> lists = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int place = lists.Take(1);
        for (int length = 1; length < 2000; length++)
        {
            lists.GiveBack(place, length);
            place = lists.Take(length + 1);
        }
        // Every length of its own would take eight million.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
    }

    [Fact]
    public void Pages_in_which_no_list_is_left_are_left_to_the_collector_and_come_again()
    {
        ListArena<object> lists = new();
        List<int> places = [];
        WeakReference first = Fill(lists, places);
        foreach (int place in places) lists.GiveBack(place, 1000);
        GC.Collect();
        Assert.False(first.IsAlive);
        for (int i = 0; i < 100; i++) places[i] = lists.Take(1000);
        for (int i = 0; i < 100; i++) lists[places[i], 1000].Fill(i);
        for (int i = 0; i < 100; i++) Assert.Equal(i, lists[places[i], 1000][^1]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference Fill(ListArena<object> lists, List<int> places)
    {
        for (int i = 0; i < 100; i++) places.Add(lists.Take(1000));
        object first = new();
        lists[places[0], 1000][0] = first;
        return new WeakReference(first);
    }

    [Fact]
    public void Nor_do_lists_that_come_and_go()
    {
        ListArena<int> lists = new();
        List<(int Place, int Length, int Value)> taken = [];
        Random random = new(2);
        for (int round = 0; round < 6; round++)
        {
            for (int i = 0; i < 50_000; i++)
            {
                if (taken.Count > 0 && random.Next(3) == 0)
                {
                    int at = random.Next(taken.Count);
                    (int place, int length, int value) = taken[at];
                    Assert.Equal(-1, lists[place, length].IndexOfAnyExcept(value));
                    int other = random.Next(1, 200);
                    lists.GiveBack(place, length);
                    place = lists.Take(other);
                    lists[place, other].Fill(value);
                    taken[at] = (place, other, value);
                }
                else
                {
                    int length = random.Next(500) == 0 ? 20_000 : random.Next(1, 200), place = lists.Take(length);
                    lists[place, length].Fill(i);
                    taken.Add((place, length, i));
                }
            }
            foreach ((int place, int length, int value) in taken)
            {
                Assert.Equal(-1, lists[place, length].IndexOfAnyExcept(value));
                lists.GiveBack(place, length);
            }
            taken = [];
        }
    }

    [Fact]
    public void A_list_that_changes_its_length_all_the_time_costs_the_collector_nothing()
    {
        ListArena<int> lists = new();
        int place = lists.Take(16_000);
        for (int i = 0; i < 100; i++) place = Swing(lists, place);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) place = Swing(lists, place);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    static int Swing(ListArena<int> lists, int place)
    {
        lists.GiveBack(place, 16_000);
        place = lists.Take(9_000);
        lists.GiveBack(place, 9_000);
        return lists.Take(16_000);
    }
}
