namespace Godot.Common;

/// <summary>
/// What the regular expressions of one query may come to together, so that whoever sends many queries keeps no processor busy.
/// </summary>
/// <remarks>
/// The automata are built as a query is parsed, which nothing interrupts. Measured: all that fit take less than 10 ms and 10 MB, with
/// classes of Unicode 25 ms.
/// </remarks>
sealed class RegexBudget
{
    /// <summary>How many there may be.</summary>
    public const int MostExpressions = 16;

    // That of the largest that may be alone, and the square of how many different characters may be in one: then several have room whose
    // characters are few, and together they cost no more than one with so many.
    const int MostWeight = 1000, MostVariety = 50 * 50;

    int expressions, weight, variety;

    /// <summary>There were as many as there may be.</summary>
    public bool IsFull => expressions == MostExpressions;

    /// <summary>What the last one was refused for is what those before it take.</summary>
    public bool IsShared { get; private set; }

    /// <summary>False: it is too much, alone or with those before it.</summary>
    public bool TryTake(string pattern)
    {
        IsShared = false;
        if (IsFull || RegexWeight.Of(pattern) is not (int more, int characters)) return false;
        int square = characters * characters;
        if (more > MostWeight || square > MostVariety) return false;
        IsShared = weight + more > MostWeight || variety + square > MostVariety;
        if (IsShared) return false;
        (expressions, weight, variety) = (expressions + 1, weight + more, variety + square);
        return true;
    }
}
