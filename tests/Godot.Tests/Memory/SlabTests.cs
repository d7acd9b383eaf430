namespace Godot.Tests;

public sealed class SlabTests
{
    [Fact]
    public void Every_number_has_a_value_of_its_own_and_the_default_before_it_was_written()
    {
        Slab<int> slab = new();
        int[] numbers = [0, 5, 511, 512, 513, 100_000, 3, 1023];
        foreach (int number in numbers)
        {
            Assert.Equal(0, slab[number]);
            slab[number] = number + 1;
        }
        foreach (int number in numbers) Assert.Equal(number + 1, slab[number]);
    }

    [Fact]
    public void A_value_beyond_the_first_page_stays_where_it_is_when_others_are_added()
    {
        Slab<int> slab = new();
        ref int value = ref slab[600];
        for (int number = 0; number < 10_000; number++) slab[number] = number;
        Assert.Equal(600, value);
    }
}
