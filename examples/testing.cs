// examples/testing.cs
#:project ../src/Godot.Testing/Godot.Testing.csproj
using Godot;

TimeSpan minute = TimeSpan.FromMinutes(1);
Event beat = new() { Host = "app", Service = "app/heartbeat" };

// A silence of a minute, and not less, is told once.
Reactors.Test(Reactor.Where("service", "*/heartbeat").Expire(minute))
    .Given(beat).After(seconds: 59).EmitsNothing()
    .Given(beat).After(seconds: 59).EmitsNothing()
    .After(seconds: 1).Emits("app/heartbeat")
    .After(TimeSpan.FromHours(1)).EmitsNothing();

// Numbers are events with that metric, texts are events of that service.
Reactors.Test(r => r.Over(90)).Given(80, 90, 91).Emits(91);
Reactors.Test(r => r.Throttle(2, per: minute)).Given("a", "b", "c").Emits("a", "b");

// At the end, what a rollup holds comes out.
Reactors.Test(r => r.Rollup(minute))
    .Given("a", "b").After(minute).EmitsBatches(["a", "b"])
    .Given("c").End().EmitsBatches(["c"]);

Console.WriteLine("The rules do what they should.");
