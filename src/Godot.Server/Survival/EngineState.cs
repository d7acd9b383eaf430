using System.Text;
using Godot.Runtime;

namespace Godot.Survival;

/// <summary>What an engine holds, as bytes: the one place that asks it for that.</summary>
static class EngineState
{
    public static void Save(Engine engine, Stream stream) => engine.Save(stream);

    /// <summary>Has an engine go on from what was saved.</summary>
    /// <exception cref="InvalidDataException">It is none that this engine reads.</exception>
    public static IReadOnlyList<CarriedState> Load(Engine engine, Stream stream)
    {
        long start = stream.Position;
        IReadOnlyList<CarriedState> carried = Compare(engine, stream);
        stream.Position = start;
        engine.Load(stream);
        return carried;
    }

    /// <summary>What would become of it; loads nothing.</summary>
    /// <inheritdoc cref="Load"/>
    public static IReadOnlyList<CarriedState> Compare(Engine engine, Stream stream)
    {
        using BinaryReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadString() != "godot state" || reader.ReadInt32() != SavedSegment.Version)
            throw new InvalidDataException("is not the state of an engine that this program can read");
        reader.ReadInt64();
        (CarriedState Step, long Keys)[][] segments = new (CarriedState, long)[reader.ReadInt32()][];
        for (int i = 0; i < segments.Length; i++) segments[i] = [.. ReadSegment(engine, reader).Select(step => (step, 0L))];
        while (reader.ReadInt32() is var number and not -1)
        {
            reader.ReadInt64();
            Skip(reader);
            Skip(reader);
            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                ref (CarriedState, long Keys) step = ref segments[number][reader.ReadInt32()];
                if (Skip(reader) > 0) step.Keys++;
            }
        }
        return [.. segments.SelectMany(steps => steps).Where(step => step.Step.Text.Length > 0 && step.Keys > 0)
            .Select(step => step.Step with { Keys = step.Keys })];
    }

    // Read twice: once for what it says, once for whether it is taken up.
    static List<CarriedState> ReadSegment(Engine engine, BinaryReader reader)
    {
        long start = reader.BaseStream.Position;
        SortedSet<string> leftOut = new(StringComparer.Ordinal);
        SavedSegment.Read(engine.Plan, reader, SavedSegment.Version, leftOut);
        reader.BaseStream.Position = start;
        string reactor = reader.ReadString();
        reader.ReadString();
        List<CarriedState> steps = [];
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            (string id, string text) = (reader.ReadString(), reader.ReadString());
            reader.ReadString();
            reader.ReadInt32();
            string said = $"{reactor}: {id}: {text}: ";
            string? refusal = leftOut.FirstOrDefault(line => line.StartsWith(said, StringComparison.Ordinal));
            steps.Add(new(reactor, id, text, Keys: 0, LeftOut: refusal?[said.Length..]));
        }
        return steps;
    }

    static int Skip(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        reader.BaseStream.Position += length;
        return length;
    }
}
