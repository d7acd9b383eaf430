using Godot;

TimeSpan minute = TimeSpan.FromMinutes(1);

Reactors.Test(r => r.TimeWindow(minute).Spread())
    .Given(20, 35, 25).After(minute).Emits(15)
    .Given(1).After(minute).Emits(0);

Console.WriteLine("The verb does what it should.");
