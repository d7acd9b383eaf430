namespace Godot.Tests.Original;

/// <summary>A place within a pipeline where what passes is noted.</summary>
sealed record Probe(string Label) : OutputRecipe
{
    public override string Name => "probe";

    // Outputs are not opened in virtual time.
    public override IOutput Open(OutputContext context) => throw new NotSupportedException();
}
