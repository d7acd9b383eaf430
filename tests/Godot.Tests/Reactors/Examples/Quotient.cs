namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Quotient() =>
        Reactors.Test(Reactor.EventWindow(2).Quotient())
            .Given(3, 600, 5, 0, 6, 300)
            .Emits(0.005, 0.02);
}
