namespace Godot;

/// <summary>
/// Where an output goes is said when the program is built: no event chooses an address. The analyzers compile this file too, for
/// netstandard2.0.
/// </summary>
static class Placeholders
{
    /// <summary>Why a place is refused: there is a brace, and somebody expects it to be filled in. Null if there is none.</summary>
    public static string? Refusal(string? place, string verb) =>
        place is null || place.IndexOfAny(['{', '}']) < 0
            ? null
            : $"{verb} always goes to the same place: nothing is filled in for the braces of \"{place}\". "
                + "Write the place itself, and where it depends on the event a branch for each: "
                + """Reactor.Where(Field.Meta("team"), "web").Email(to: "web@host.com").""";
}
