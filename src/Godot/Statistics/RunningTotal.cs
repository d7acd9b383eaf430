namespace Godot;

/// <summary>A sum that keeps what each addition rounds away (Neumaier, 1974): a million small numbers are not lost in a large one.</summary>
struct RunningTotal(double start)
{
    double sum = start, lost;

    public readonly double Sum => sum + lost;

    public void Add(double number)
    {
        double next = sum + number;
        lost += Math.Abs(sum) >= Math.Abs(number) ? sum - next + number : number - next + sum;
        sum = next;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(sum);
        writer.Write(lost);
    }

    public void Load(StateReader reader) => (sum, lost) = (reader.ReadDouble(), reader.ReadDouble());
}
