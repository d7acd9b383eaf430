using System.Runtime.CompilerServices;
using Godot.Memory;

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

    [Fact]
    public void A_page_that_was_freed_is_empty_again_and_holds_nothing()
    {
        Slab<object?> slab = new();
        WeakReference kept = Fill(slab);
        slab.FreePageOf(5);
        slab.FreePageOf(600);
        slab.FreePageOf(100_000);
        GC.Collect();
        Assert.False(kept.IsAlive);
        Assert.Null(slab.Peek(600));
        Assert.Null(slab.Peek(1_000_000));
        Assert.Null(slab[5]);
        slab[600] = "b";
        Assert.Equal("b", slab.Peek(600));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static WeakReference Fill(Slab<object?> slab)
    {
        object value = new();
        slab[5] = slab[600] = value;
        return new WeakReference(value);
    }
}
