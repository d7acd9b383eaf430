using Godot.Common;

namespace Godot;

/// <summary>
/// Compares two replays of the same events line by line, as they come: what only the first has is written with a minus, what only the
/// second has with a plus.
/// </summary>
/// <remarks>Both are in the order of their times, and what is of one time may stand in any order.</remarks>
/// <param name="atTerminal">What it would act upon, and what nobody would see, is shown as an escape.</param>
sealed class ReplayDifference(TextWriter output, bool atTerminal)
{
    /// <summary>Equal lines, those of the first alone, and those of the second alone, by reactor.</summary>
    public SortedDictionary<string, (long Equal, long Missing, long Added)> Counts { get; } = new(StringComparer.Ordinal);

    public bool IsNone => Counts.Values.All(counts => counts is { Missing: 0, Added: 0 });

    public async Task CompareAsync(IAsyncEnumerable<ReplayLine> first, IAsyncEnumerable<ReplayLine> second)
    {
        IAsyncEnumerator<ReplayLine> left = first.GetAsyncEnumerator(), right = second.GetAsyncEnumerator();
        await using (left.ConfigureAwait(false))
        await using (right.ConfigureAwait(false))
        {
            bool leftHas = await left.MoveNextAsync().ConfigureAwait(false), rightHas = await right.MoveNextAsync().ConfigureAwait(false);
            while (leftHas || rightHas)
            {
                decimal at = !rightHas ? left.Current.At : !leftHas ? right.Current.At : Math.Min(left.Current.At, right.Current.At);
                List<ReplayLine> ofLeft = [], ofRight = [];
                for (; leftHas && left.Current.At == at; leftHas = await left.MoveNextAsync().ConfigureAwait(false))
                    ofLeft.Add(left.Current);
                for (; rightHas && right.Current.At == at; rightHas = await right.MoveNextAsync().ConfigureAwait(false))
                    ofRight.Add(right.Current);
                Compare(ofLeft, ofRight);
            }
        }
    }

    // Lines of one time.
    void Compare(List<ReplayLine> left, List<ReplayLine> right)
    {
        Dictionary<string, int> unmatched = right.CountBy(line => line.Identity).ToDictionary();
        foreach (ReplayLine line in left)
        {
            bool equal = unmatched.TryGetValue(line.Identity, out int count) && count > 0;
            if (equal) unmatched[line.Identity] = count - 1;
            else Write('-', line);
            Count(line, equal: equal ? 1 : 0, missing: equal ? 0 : 1);
        }
        // Of lines that are the same, the last ones are those that are more.
        right.Reverse();
        List<ReplayLine> added = [.. right.Where(line => unmatched[line.Identity]-- > 0)];
        added.Reverse();
        foreach (ReplayLine line in added)
        {
            Write('+', line);
            Count(line, added: 1);
        }
    }

    void Write(char sign, ReplayLine line) => output.WriteLine($"{sign} {(atTerminal ? PlainText.Json(line.Text) : line.Text)}");

    void Count(ReplayLine line, int equal = 0, int missing = 0, int added = 0)
    {
        (long Equal, long Missing, long Added) counts = Counts.GetValueOrDefault(line.Reactor);
        Counts[line.Reactor] = (counts.Equal + equal, counts.Missing + missing, counts.Added + added);
    }
}
