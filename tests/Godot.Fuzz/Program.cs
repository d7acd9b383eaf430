using Godot.Tests.Wire;
using SharpFuzz;

// seeds FOLDER: writes what the fuzzer starts from. Otherwise the fuzzer runs us: each input is lines, which our reader and the oracle must
// read alike.
if (args is ["seeds", string folder])
{
    Directory.CreateDirectory(folder);
    JsonGenerator generator = new(new Random(20120612));
    for (int i = 0; i < 200; i++) File.WriteAllBytes(Path.Combine(folder, $"{i}.ndjson"), generator.Line());
    return;
}

Fuzzer.Run(stream =>
{
    using MemoryStream input = new();
    stream.CopyTo(input);
    Comparison comparison = new();
    foreach (Range line in input.ToArray().AsSpan().Split((byte)'\n'))
    {
        if (comparison.Differ(input.ToArray()[line]) is { } difference) throw new InvalidOperationException(difference);
    }
});
