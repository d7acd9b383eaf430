using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Godot;

/// <summary>
/// The rooms of a project, and who in them knows whom: by the compiler's symbols and the folder in which each is declared. Of a type in
/// several files, each member stands in the room of its own file, and the type in that of its file in the root, if it has one.
/// </summary>
sealed class House
{
    /// <summary>A place that knows another room.</summary>
    public readonly record struct Arrow(string From, string To, string File, string Symbol)
    {
        public override string ToString() => $"{From} -> {To}: {File} uses {Symbol}";
    }

    const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14, DocumentationMode.None);

    readonly IReadOnlyDictionary<string, string> root;
    readonly Dictionary<string, int> floorOf;
    readonly Lazy<IReadOnlyList<SyntaxTree>> files;
    readonly Lazy<CSharpCompilation> compilation;
    readonly Lazy<IReadOnlyList<Arrow>> arrows;

    /// <param name="project">The project's folder in <c>src</c>.</param>
    /// <param name="floors">The rooms, lowest floor first; those of one floor in one text, with spaces between.</param>
    /// <param name="root">The room of each type that is declared in the project's own folder.</param>
    public House(string project, string[] floors, IReadOnlyDictionary<string, string> root)
    {
        (Project, this.root) = (project, root);
        floorOf = floors.SelectMany((rooms, floor) => rooms.Split(' ').Select(room => (room, floor))).ToDictionary();
        files = new(() => Read(Repository.PathOf("src", project)));
        compilation = new(Compile);
        arrows = new(() => ArrowsOf(Files, compilation.Value));
    }

    /// <summary>The project's folder in <c>src</c>.</summary>
    public string Project { get; }

    /// <summary>The types that users type, and the room of each.</summary>
    public IReadOnlyDictionary<string, string> Root => root;

    /// <summary>The floor of a room; null of one that is not in the house.</summary>
    public int? FloorOf(string room) => floorOf.TryGetValue(room, out int floor) ? floor : null;

    /// <summary>The project's files; their paths are those below its folder.</summary>
    public IReadOnlyList<SyntaxTree> Files => files.Value;

    /// <summary>Everything in the project that knows another room.</summary>
    public IReadOnlyList<Arrow> Arrows => arrows.Value;

    /// <summary>Everything that knows another room in a file which the project does not have.</summary>
    public IReadOnlyList<Arrow> ArrowsOf(string path, string text)
    {
        SyntaxTree file = CSharpSyntaxTree.ParseText(text, Language, path);
        return ArrowsOf([file], compilation.Value.AddSyntaxTrees(file));
    }

    static List<SyntaxTree> Read(string folder)
    {
        List<SyntaxTree> files = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(folder, file);
            if (path.Split('/')[0] is not ("bin" or "obj")) files.Add(CSharpSyntaxTree.ParseText(File.ReadAllText(file), Language, path));
        }
        return files;
    }

    CSharpCompilation Compile()
    {
        string assembly = Project.Replace("Godot", "Godot.Monitoring", StringComparison.Ordinal);
        return CSharpCompilation.Create(
            assembly,
            [.. Files, CSharpSyntaxTree.ParseText(GlobalUsings, Language)],
            References(assembly),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    List<Arrow> ArrowsOf(IEnumerable<SyntaxTree> files, CSharpCompilation compilation)
    {
        HashSet<Arrow> arrows = [];
        foreach (SyntaxTree file in files)
        {
            SemanticModel meaning = compilation.GetSemanticModel(file);
            foreach (SimpleNameSyntax name in file.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (DeclaredBy(name) is not { } holder || meaning.GetSymbolInfo(name).Symbol is not { } symbol) continue;
                if (!SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly) || RoomOf(symbol) is not { } to)
                    continue;
                string from = RoomOf(file.FilePath, holder);
                if (from != to) arrows.Add(new(from, to, file.FilePath, Shown(symbol)));
            }
        }
        return [.. arrows];
    }

    /// <summary>
    /// The room of a file, or, in the project's own folder, of a type; of one that the table lacks, the type's name with a slash before it.
    /// </summary>
    public string RoomOf(string path, string type) =>
        path.IndexOf('/', StringComparison.Ordinal) is > 0 and int slash ? path[..slash] : root.GetValueOrDefault(type, $"/{type}");

    /// <summary>The types that a file declares, but for those inside others.</summary>
    public static IEnumerable<MemberDeclarationSyntax> TypesOf(SyntaxTree file) =>
        file.GetRoot().DescendantNodes(node => node is not TypeDeclarationSyntax).OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax declared ? declared.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    static string? DeclaredBy(SyntaxNode node) =>
        node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>()
        .LastOrDefault(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax) is { } type ? NameOf(type) : null;

    // Null of what is no declaration of ours: a variable, or what the compiler adds.
    string? RoomOf(ISymbol symbol)
    {
        if (symbol is not (INamedTypeSymbol or { ContainingType: not null }) || symbol is ITypeParameterSymbol
            || Outermost(symbol) is not { } type) return null;
        IEnumerable<SyntaxReference> places = symbol.OriginalDefinition.DeclaringSyntaxReferences;
        if (!places.Any()) places = type.DeclaringSyntaxReferences;
        string[] paths = [.. places.Select(place => place.SyntaxTree.FilePath)];
        return paths is [] ? null
            : RoomOf(paths.FirstOrDefault(path => !path.Contains('/', StringComparison.Ordinal)) ?? paths[0], type.Name);
    }

    static INamedTypeSymbol? Outermost(ISymbol symbol)
    {
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        while (type?.ContainingType is { } outer) type = outer;
        return type?.OriginalDefinition;
    }

    static string Shown(ISymbol symbol) => symbol is INamedTypeSymbol ? symbol.Name : $"{Outermost(symbol)!.Name}.{symbol.Name}";

    static IEnumerable<MetadataReference> References(string assembly) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly)
            .Select(path => MetadataReference.CreateFromFile(path));
}
