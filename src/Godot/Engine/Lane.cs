namespace Godot;

sealed class Lane
{
    public long Now;
}
