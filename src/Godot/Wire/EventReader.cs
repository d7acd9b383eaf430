namespace Godot;

/// <summary>Parses one line of JSON into events.</summary>
static class EventReader
{
    public static Event ReadOne(ReadOnlySpan<byte> json) => throw new NotImplementedException();
}
