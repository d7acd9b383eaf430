using System.Text.RegularExpressions;

namespace Godot;

/// <summary>
/// The programs of examples/, each built once as its user builds it. They listen on port 9876, so one test at a time may run them.
/// </summary>
public sealed class Examples : IDisposable
{
    public const int Port = 9876;

    static readonly TimeSpan LongestBuild = TimeSpan.FromMinutes(5);

    readonly TemporaryFolder published = new();
    readonly Dictionary<string, string> built = [];
    bool isPublished;

    public void Dispose() => published.Dispose();

    /// <summary>Starts an example as <c>dotnet run</c> does.</summary>
    /// <param name="folder">Where it runs.</param>
    internal async Task<Child> Start(string example, string folder, params string[] words) =>
        new("dotnet", [await Build(example), .. words], folder);

    /// <summary>Starts an example that is a server, and waits until it listens.</summary>
    /// <param name="lastInput">What it listens on; the last, if there are several.</param>
    /// <inheritdoc cref="Start"/>
    internal async Task<Serving> Serve(string example, string folder, string lastInput) =>
        await Serving.Start("dotnet", [await Build(example)], folder, lastInput);

    /// <summary>Starts the native file that <c>dotnet publish</c> makes of examples/server.cs, and waits until it listens.</summary>
    /// <inheritdoc cref="Start"/>
    internal async Task<Serving> ServePublished(string folder) =>
        await Serving.Start(Path.Join(await Publish(), "server"), [], folder, $"tcp:{Port}");

    /// <summary>The folder of that native file.</summary>
    internal async Task<string> Publish()
    {
        if (!isPublished) await Dotnet("publish", Repository.PathOf("examples", "server.cs"), "-o", published.Path, "--nologo");
        isPublished = true;
        return published.Path;
    }

    /// <summary>Builds an example once; returns the path of what was built.</summary>
    internal async Task<string> Build(string example)
    {
        if (built.TryGetValue(example, out string? assembly)) return assembly;
        string said = await Dotnet("build", Repository.PathOf("examples", $"{example}.cs"), "-c", "Release", "--nologo");
        // The last line that a build says of a project: server.cs -> /…/server.dll
        return built[example] = Regex.Match(said, $@"-> (.*[/\\]{example}\.dll)").Groups[1].Value;
    }

    internal static async Task<string> Dotnet(params IEnumerable<string> arguments)
    {
        using Child dotnet = new("dotnet", arguments);
        int exitCode = await dotnet.Exit(LongestBuild);
        if (exitCode != 0) Assert.Fail($"{dotnet}");
        return dotnet.Output;
    }
}

/// <summary>Nothing else runs beside these tests: they share a port, and they look at the clock.</summary>
[CollectionDefinition(nameof(Examples), DisableParallelization = true)]
public sealed class ExamplesCollection : ICollectionFixture<Examples>;
