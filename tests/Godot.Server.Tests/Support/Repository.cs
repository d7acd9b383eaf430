namespace Godot;

/// <summary>Where the files of this repository are: the tests run below it.</summary>
static class Repository
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Join([Folder, .. parts]);

    static string Find(string folder) =>
        File.Exists(Path.Join(folder, "Godot.slnx")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new DirectoryNotFoundException($"The tests are not inside the repository: {AppContext.BaseDirectory}");
}
