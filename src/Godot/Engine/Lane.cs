namespace Godot;

sealed class Lane
{
    public long Now;
    public long Awake;
}
