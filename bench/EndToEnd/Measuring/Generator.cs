namespace Godot.Bench;

/// <summary>The load generator, a C program: see bench/load/blast.c for its options.</summary>
static class Generator
{
    public static Reading Send(Files files, string transport, int port, string corpus, long events, params IEnumerable<string> options) =>
        Child.Read(files.Blast, [.. options, transport, $"127.0.0.1:{port}", corpus, $"{events}"]);

    public static string[] Connections(int count) => ["-c", $"{count}"];
}
