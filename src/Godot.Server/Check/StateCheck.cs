using Godot.Common;
using Godot.Recipes;
using Godot.Storage;
using Godot.Survival;

namespace Godot;

/// <summary>
/// What a program would go on from at its next start: its reactors against what is saved. Loads, locks and changes nothing.
/// </summary>
/// <param name="Lines">What to say.</param>
/// <param name="Problems">How many of them say that something is wrong.</param>
/// <param name="Warnings">How many of them warn.</param>
sealed record StateCheck(IReadOnlyList<string> Lines, int Problems, int Warnings)
{
    /// <param name="server">The program, whose reactors can be built.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="now">By which the state's age is told.</param>
    public static StateCheck Of(GodotServer server, string folder, DateTimeOffset now)
    {
        Engine engine = new(server.Options.Engine with { TimeProvider = new VirtualClock(now), Lanes = 1, Store = null });
        foreach ((string name, (_, Recipe recipe)) in ReactorName.Of(server.Waiting).Zip(server.Waiting))
            engine.Add(recipe, name, new Nobody());
        SnapshotFiles files = new(folder, GodotServer.Program);
        List<string> lines = [];
        int problems = 0;
        foreach (string path in files.Paths)
        {
            string name = Path.GetFileName(path);
            try
            {
                using SnapshotFile file = SnapshotFile.Open(path);
                lines.Add($"{name}, {CarriedTable.Age(file.Head.Moment, now)} old, of \"{file.Head.Program}\"");
                IReadOnlyList<CarriedState> states = engine.Compare(file.Body);
                foreach (CarriedState state in states)
                    lines.Add($"  {(state.LeftOut is null ? "carried" : "warning: not carried")} over: {CarriedTable.Line(state)}");
                return new StateCheck(lines, problems, states.Count(state => state.LeftOut is not null));
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                problems++;
                lines.Add($"wrong: {name} {e.Message.TrimEnd('.')}; a start would take the one before, if there is one");
            }
        }
        IReadOnlyList<string> others = files.FoldersBeside();
        lines.Add($"wrong: there is no state in {folder}{(others.Count == 0 ? "" : $"; there is in {string.Join(", ", others)}")}");
        return new StateCheck(lines, problems + 1, Warnings: 0);
    }
}
