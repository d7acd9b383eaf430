using Godot;

return await GodotTool.RunAsync(args, Terminal.OfProcess());
