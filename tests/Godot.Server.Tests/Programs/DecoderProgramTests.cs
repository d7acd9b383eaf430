using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>examples/decoder.cs: a format of one's own, on ports of ours.</summary>
[Collection(nameof(Examples))]
public sealed class DecoderProgramTests(Examples examples) : IDisposable
{
    const int Graphite = 2003;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_reads_lines_of_Graphite_over_TCP_and_UDP()
    {
        using Serving server = await examples.Serve("decoder", folder.Path, $"udp:{Graphite}");
        using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        tcp.Connect(IPAddress.Loopback, Graphite);
        using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udp.Connect(IPAddress.Loopback, Graphite);

        tcp.Send("web1.cpu 75 1735689600\nweb2.cpu 5.5 1735689600\r\nweb3.cpu\nweb4.cpu 6e1 1735689600");
        tcp.Shutdown(SocketShutdown.Send);
        udp.Send("web5.cpu 80 1735689600");

        await server.Reaches($"godot_events_received_total{{input=\"tcp:{Graphite}\"}}", 3);
        await server.Reaches($"godot_events_received_total{{input=\"udp:{Graphite}\"}}", 1);
        await server.Reaches($"godot_events_rejected_total{{input=\"tcp:{Graphite}\",reason=\"not_graphite\"}}", 1);
        await server.Reaches("godot_reactor_events_total{reactor=\"busy\",stage=\"console\"}", 3);
        await server.Stop();
    }
}
