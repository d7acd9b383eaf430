namespace Godot.Bench;

static class Plot
{
    public static string Of(Bench bench) => $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"{bench.Runs}\"/>";
}
