using System.Net.Sockets;

namespace Godot;

public class FramingTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public async Task A_line_that_comes_in_pieces_is_one_event(Transport transport)
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(transport);
        string text = Some.Line("a") + Some.Line("b");
        for (int i = 0; i < text.Length; i++)
        {
            socket.Send(text[i..(i + 1)]);
            long sent = i + 1;
            await Eventually.True(() => server.Counters().Bytes == sent);
        }

        await seen.Count(2);
        Assert.Equal(["a", "b"], seen.Services);
        Assert.Equal(2, server.Counters().Received);
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public async Task The_last_line_needs_no_newline_when_the_sender_closes(Transport transport)
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(transport);

        // As "nc -N" does: the sending side is closed, the connection is not.
        socket.Send(Some.Line("a") + Some.Line("b").TrimEnd());
        socket.Shutdown(SocketShutdown.Send);

        await seen.Count(2);
        Assert.True(await socket.IsClosed());
        Assert.Equal(["a", "b"], seen.Services);
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Udp)]
    [InlineData(Transport.Unix)]
    public async Task Several_lines_in_one_packet_and_a_batch_are_events(Transport transport)
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(seen.Recipe);
        await server.StartAsync(Stop);

        server.Send(transport, Some.Line("a") + Some.Line("b"), $"[{Some.Line("c").Trim()},{Some.Line("d").Trim()}]\n");

        await seen.Count(4);
        Assert.Equal(["a", "b", "c", "d"], seen.Services);
    }

    [Fact]
    public async Task A_datagram_ends_its_line_and_may_be_empty()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Udp).React(seen.Recipe);
        await server.StartAsync(Stop);

        server.Send(Transport.Udp, Some.Line("a").TrimEnd(), "", "{\"service\":", Some.Line("b") + Some.Line("c").TrimEnd());

        await seen.Count(3);
        Assert.Equal(["a", "b", "c"], seen.Services);
        Assert.Equal(1, server.Counters().AllRejected);
    }
}
