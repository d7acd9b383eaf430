namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest ClockSkew() =>
        Reactors.Test(Reactor.ClockSkew())
            .Given(
                new Event { Host = "a", Description = "says 0 s", Time = Sample.At(0) },
                new Event { Host = "b", Description = "says 1 s", Time = Sample.At(1) },
                new Event { Host = "c", Description = "says 30 s", Time = Sample.At(30) }).After(seconds: 10)
            .Given(new Event { Host = "a", Description = "says 10 s", Time = Sample.At(10) })
            .Emits(0, 0.5, 29, -1);
}
