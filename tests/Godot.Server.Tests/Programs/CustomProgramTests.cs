using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>examples/custom.cs: stages of the user's own; examples/testing.cs: how users test their rules.</summary>
[Collection(nameof(Examples))]
public sealed class CustomProgramTests(Examples examples) : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Its_rules_pass_their_own_tests()
    {
        using Child testing = await examples.Start("testing", folder.Path);
        Assert.Equal(0, await testing.Exit());
        Assert.Equal("The rules do what they should.\n", testing.Output);
    }

    [Fact]
    public async Task Its_stages_work_for_each_series()
    {
        using Serving server = await examples.Serve("custom", folder.Path, $"tcp:{Examples.Port}");
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, Examples.Port);

        for (int metric = 1; metric <= 5; metric++)
        {
            socket.Send($$"""{"host":"a","service":"queue","metric":{{metric}}}""" + "\n");
            socket.Send($$"""{"host":"b","service":"queue","metric":{{-metric}}}""" + "\n");
        }
        foreach (string state in (string[])["ok", "ok", "failed", "ok"])
            socket.Send($$"""{"host":"a","service":"deploy","state":"{{state}}"}""" + "\n");

        await server.Reaches("godot_events_received_total", 14);
        await server.Reaches("godot_reactor_events_total{reactor=\"queue-grows\",stage=\"console\"}", 2);
        await server.Reaches("godot_reactor_events_total{reactor=\"first-of-each-state\",stage=\"console\"}", 2);
        await server.Stop();
    }
}
