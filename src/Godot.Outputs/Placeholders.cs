using Godot.Common;

namespace Godot;

/// <summary>Where an output goes is said when the program is built: no event chooses an address.</summary>
static class Placeholders
{
    /// <exception cref="ArgumentException">There is a brace: somebody expects it to be filled in.</exception>
    public static void Refuse(string? text, string verb, string parameter)
    {
        if (text is null || !text.AsSpan().ContainsAny('{', '}')) return;
        throw new ArgumentException(
            $"{verb} always goes to the same place: nothing is filled in for the braces of \"{PlainText.Line(text)}\". "
            + "Write the place itself, and where it depends on the event a branch for each: "
            + """Reactor.Where(Field.Meta("team"), "web").Email(to: "web@host.com").""", parameter);
    }
}
