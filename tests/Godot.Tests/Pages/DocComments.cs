using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Godot.Tests;

/// <summary>What the doc comments of the library say, as Markdown.</summary>
static partial class DocComments
{
    static readonly Dictionary<string, XElement> Members =
        XDocument.Load(Path.ChangeExtension(typeof(Reactor).Assembly.Location, ".xml")).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>
    /// One of the parts of a method's comment, such as its summary; taken from another's where it says so. Empty if there is none.
    /// </summary>
    public static string Part(MethodInfo method, string part) =>
        Find(IdOf(method), member => member.Element(part)) is { } found ? Markdown(found) : "";

    /// <summary>What is said of a parameter.</summary>
    public static string Parameter(MethodInfo method, ParameterInfo parameter) =>
        Find(IdOf(method), member => member.Elements("param")
            .FirstOrDefault(param => param.Attribute("name")!.Value == parameter.Name)) is { } found ? Markdown(found) : "";

    /// <summary>True if the method has words of its own.</summary>
    public static bool Says(MethodInfo method) =>
        Members.TryGetValue(IdOf(method), out XElement? member) && member.Element("summary") is not null;

    static XElement? Find(string id, Func<XElement, XElement?> select)
    {
        if (!Members.TryGetValue(id, out XElement? member)) return null;
        return select(member) ?? (member.Element("inheritdoc")?.Attribute("cref") is { } other ? Find(other.Value, select) : null);
    }

    static string Markdown(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes()) text.Append(Markdown(node));
        return string.Join("\n\n",
            Spaces().Replace(text.ToString(), " ").Split('\u00b6', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "para" } para => $"\u00b6{Markdown(para)}\u00b6",
        XElement { Name.LocalName: "see" } see when see.Attribute("href") is { } address =>
            $"[{(see.Value.Length > 0 ? see.Value : address.Value)}]({address.Value})",
        XElement { Name.LocalName: "see" } see => $"`{NameOf((see.Attribute("cref") ?? see.Attribute("langword"))!.Value)}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{parameter.Attribute("name")!.Value}`",
        XElement other => throw new NotSupportedException($"<{other.Name}> in a doc comment."),
        _ => "",
    };

    // M:Godot.Reactor.Over(System.Double) is Over; what belongs to another class than a recipe is called with it.
    static string NameOf(string cref)
    {
        string path = cref[(cref.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0];
        string[] names = [.. path.Split('.').Select(name => name.Split('`')[0])];
        return cref.StartsWith("T:", StringComparison.Ordinal) || names.Length < 2
            || names[^2] is nameof(Reactor) or nameof(BatchReactor) ? names[^1] : string.Join('.', names[^2..]);
    }

    // As the C# specification writes them, annex D. The comment of an extension stands where it is declared, in its block.
    static string IdOf(MethodInfo method)
    {
        string name = $"M:{method.DeclaringType!.FullName}.{method.Name}{(method.IsGenericMethod ? "``1" : "")}";
        string parameters = string.Join(',', method.GetParameters().Select(parameter => IdOf(parameter.ParameterType)));
        string id = parameters.Length == 0 ? name : $"{name}({parameters})";
        return method.IsStatic ? Members[id].Element("inheritdoc")!.Attribute("cref")!.Value : id;
    }

    static string IdOf(Type type) =>
        type.IsGenericMethodParameter ? $"``{type.GenericParameterPosition}"
        : type.IsArray ? IdOf(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Namespace}.{type.Name.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}"
        : type.FullName!.Replace('+', '.');

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
