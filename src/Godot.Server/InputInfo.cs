using System.Net;

namespace Godot;

/// <summary>One input of a server, as it stands at the moment.</summary>
/// <param name="Name">How metrics and logs call it: <c>tcp:9876</c>, <c>udp:127.0.0.1:9876</c>, <c>unix:/run/godot.sock</c>.</param>
/// <param name="EndPoint">Where it listens; null if it does not. Port 0 becomes the bound port when the server has started.</param>
public sealed record InputInfo(string Name, EndPoint? EndPoint);
