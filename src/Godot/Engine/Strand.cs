namespace Godot;

/// <summary>A segment's stages and state on one lane.</summary>
sealed class Strand
{
    public const int AnyKey = -1;
    public Lane Lane = null!;
    public int Key;
    public TimeProvider Clock => throw new NotImplementedException();
    public void After(Stage stage, TimeSpan time, Action? act) => throw new NotImplementedException();
    public void Post(Stage stage, Action act) => throw new NotImplementedException();
    public void Failed(Stage stage, Exception thrown, EventView e) => throw new NotImplementedException();
}
