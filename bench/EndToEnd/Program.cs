using Godot.Bench;

// With the name of a part: plays it, for a measurement that another process of this program makes. Otherwise measures:
//   Godot.Bench REPOSITORY [smoke] [ROW…]
return args switch
{
    ["serve", .. var rest] => await Serve.RunAsync(rest),
    ["inmemory", .. var rest] => InMemory.Run(rest),
    ["keys", .. var rest] => await ManyKeys.RunAsync(rest),
    ["snapshots", .. var rest] => Snapshots.Run(rest),
    ["systemtextjson", .. var rest] => SystemTextJson.Run(rest),
    [var repository, "smoke", .. var rows] => await Harness.RunAsync(new Bench(smoke: true, new Files(repository)), rows),
    [var repository, .. var rows] => await Harness.RunAsync(new Bench(smoke: false, new Files(repository)), rows),
    _ => 2,
};
