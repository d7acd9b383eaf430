namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest ClockSkew() =>
        Reactors.Test(Reactor.ClockSkew())
            .Given(
                new Event { Host = "a", Time = Sample.At(0) },
                new Event { Host = "b", Time = Sample.At(1) },
                new Event { Host = "c", Time = Sample.At(30) }).After(seconds: 10)
            .Given(new Event { Host = "a", Time = Sample.At(10) })
            .Emits(0, 0.5, 29, -1);
}
