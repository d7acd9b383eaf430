using System.Globalization;
using Godot.Stages;

namespace Godot.Runtime;

/// <summary>
/// A segment that was saved, and which stages take up now what its own wrote: each by its own identity, wherever it stands by now.
/// </summary>
/// <param name="Heirs">Where they stand.</param>
/// <param name="Carried">What became of the state of each of its stages.</param>
sealed record SavedSegment(IReadOnlyList<SavedSegment.Heir> Heirs, IReadOnlyList<CarriedState> Carried)
{
    /// <summary>How many keys it had.</summary>
    public long Keys { get; set; }

    /// <summary>
    /// What is written of a segment: its reactor, what its keys are made of, and of each stage its identity, text,
    /// <see cref="Stage.StateShape"/> and version. Version 1 had the segment's number as well, no shapes, and as identities the verbs'
    /// numbers: <c>3.over</c>. Since version 3 a segment says how many keys it has.
    /// </summary>
    public const int Version = 3;

    /// <summary>A segment that takes up state.</summary>
    /// <param name="Stages">Which stage's, which of its own does, and the version of what was written.</param>
    public sealed record Heir(Segment Segment, IReadOnlyList<(int From, int At, int Version)> Stages);

    readonly record struct SavedStage(string Id, string Text, string Shape, int Version);

    public static void Write(BinaryWriter writer, Segment segment)
    {
        IReadOnlyList<Stage> stages = segment.Shards[0].Stages;
        writer.Write(segment.Reactor);
        writer.Write(segment.Shape);
        writer.Write(stages.Count);
        foreach (Stage stage in stages)
        {
            writer.Write(stage.Slot.Id);
            // What keeps nothing has nothing to go on from.
            writer.Write(stage.KeepsNothing ? "" : stage.Slot.Text);
            writer.Write(stage.StateShape ?? stage.Slot.Text);
            writer.Write(stage.StateVersion);
        }
    }

    /// <param name="plan">The reactors that there are now.</param>
    /// <param name="reader">Stands at a segment.</param>
    /// <param name="version">That of what is read.</param>
    public static SavedSegment Read(Plan plan, BinaryReader reader, int version)
    {
        string reactor = reader.ReadString();
        if (version == 1) reader.ReadInt32();
        string shape = reader.ReadString();
        RunningReactor? running = plan.Reactors.FirstOrDefault(running => running.Name == reactor);
        List<(Segment Segment, int From, int At, int Version)> taken = [];
        List<CarriedState> carried = [];
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            (string id, string text) = (reader.ReadString(), reader.ReadString());
            SavedStage stage = new(id, text, version == 1 ? text : reader.ReadString(), reader.ReadInt32());
            if (text.Length == 0) continue;
            string? why = Refusal(running, stage, shape, version, out Segment? segment, out int at);
            carried.Add(new CarriedState(reactor, id, text, 0, why));
            if (why is null) taken.Add((segment!, i, at, stage.Version));
        }
        return new([.. taken.GroupBy(one => one.Segment,
            (segment, stages) => new Heir(segment, [.. stages.Select(one => (one.From, one.At, one.Version))]))], carried);
    }

    // Why nobody takes up what a stage wrote; null if the stage at a place of a segment does.
    static string? Refusal(RunningReactor? running, SavedStage saved, string shape, int version, out Segment? segment, out int at)
    {
        (segment, at) = (null, -1);
        if (running is null) return "there is no such reactor now";
        foreach (Segment one in running.Segments)
        {
            IReadOnlyList<Stage> stages = one.Shards[0].Stages;
            for (int i = 0; i < stages.Count; i++)
                if (IsSame(stages[i].Slot, saved, version)) (segment, at) = (one, i);
        }
        if (segment is null) return "there is no such verb now";
        Stage stage = segment.Shards[0].Stages[at];
        return segment.Shape != shape ? "its events are told apart by other fields now"
            : stage.Slot.Text != saved.Text && (stage.StateShape ?? stage.Slot.Text) != saved.Shape ? $"it is {stage.Slot.Text} now"
            : stage.StateVersion < saved.Version ? "a newer version of it wrote that"
            : null;
    }

    static bool IsSame(StageSlot slot, SavedStage saved, int version) => version > 1
        ? slot.Id == saved.Id && slot.Text.Length > 0
        : slot.Text == saved.Text
        && saved.Id.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{slot.Number}."), StringComparison.Ordinal);
}
