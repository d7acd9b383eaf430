using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>While an input can let nobody in, nobody's silence counts.</summary>
public class ShutInputTests
{
    // As one for which there are no file descriptors left.
    sealed class Shut(Socket socket) : StreamInput(null)
    {
        public override string Name => "shut";

        public void Break() => socket.Shutdown(SocketShutdown.Both);

        protected override Socket Listen()
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen();
            return socket;
        }

        protected override void Prepare(Socket connection)
        {
        }
    }

    [Fact]
    public async Task The_time_in_which_it_accepts_nobody_is_no_silence()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Shut input = new(socket);
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Input(input).React(Reactor.Where("service", "cpu"));
        await server.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, server.Run!.Engine.Backlogs.Lag("shut"));
        input.Break();
        // As if what waits there had not been heard for so long: docs/decisions/0020-overload-is-no-silence.md.
        await Eventually.True(() => server.Run!.Engine.Backlogs.Lag("shut") > TimeSpan.FromSeconds(1));
    }
}
