namespace Godot.Bench;

/// <summary>Where run.sh has put what it built, and where the corpora are made.</summary>
sealed class Files(string repository)
{
    readonly string made = Path.Combine(repository, "bench", "artifacts");

    public string Repository => repository;

    public string Blast => Path.Combine(made, "blast");

    public string Simdjson => Path.Combine(made, "simdjson");

    public string Original => Path.Combine(repository, "bench", "load", "original");

    public string Tool => Path.Combine(repository, "src", "Godot.Cli", "bin", "Release", "net10.0", "godot");

    /// <summary>The example, published with a runtime's own compiler, and without.</summary>
    public string NativeServer => Path.Combine(made, "native", "server");

    public string JitServer => Path.Combine(made, "jit", "server");

    public string Results => Path.Combine(repository, "bench");

    /// <summary>A corpus, made when it is first asked for.</summary>
    public string Corpus(string name, Action<Stream> write)
    {
        string path = Path.Combine(made, name + ".ndjson");
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(made);
        // A run that is interrupted leaves no half of it.
        using (Stream file = File.Create(path + ".part")) write(file);
        File.Move(path + ".part", path);
        return path;
    }
}
