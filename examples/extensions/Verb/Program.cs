using Godot;

Reactors.Test(r => r.Stuck(times: 3))
    .Given(20, 20.5, 20.5).EmitsNothing()
    .Restart()
    .Given(20.5).Emits(20.5)
    .Given(21, 20.5).EmitsNothing();

Console.WriteLine("The verb does what it should.");
