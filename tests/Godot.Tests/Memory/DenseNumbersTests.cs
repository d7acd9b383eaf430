using Godot.Memory;

namespace Godot.Tests;

public sealed class DenseNumbersTests
{
    [Fact]
    public void The_lowest_that_is_free_is_taken_whatever_was_given_back()
    {
        IdAllocator numbers = new();
        SortedSet<int> free = [.. Enumerable.Range(0, 5000)];
        List<int> taken = [];
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            if (taken.Count > 0 && random.Next(100) < (i / 4000 % 2 == 0 ? 30 : 60))
            {
                int at = random.Next(taken.Count), number = taken[at];
                taken.RemoveAt(at);
                free.Add(number);
                Assert.Equal(!taken.Exists(other => other / IdAllocator.PageSize == number / IdAllocator.PageSize),
                    numbers.GiveBack(number));
            }
            else
            {
                int number = numbers.Take();
                Assert.Equal(free.Min, number);
                free.Remove(number);
                taken.Add(number);
            }
        }
        Assert.True(numbers.Ever > taken.Max());
    }
}
