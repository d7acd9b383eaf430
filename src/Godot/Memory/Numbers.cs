namespace Godot;

/// <summary>Dense numbers from 0 on; one that was given back is used again.</summary>
sealed class Numbers
{
    readonly Stack<int> free = [];

    /// <summary>How many different ones have been in use so far.</summary>
    public int Ever { get; private set; }

    public int Take() => free.TryPop(out int number) ? number : Ever++;

    public void GiveBack(int number) => free.Push(number);
}
