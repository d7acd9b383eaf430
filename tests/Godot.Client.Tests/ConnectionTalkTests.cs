namespace Godot.Client.Tests;

public class ConnectionTalkTests
{
    [Fact]
    public void It_says_when_the_connection_comes_and_goes_and_not_at_each_attempt()
    {
        using StringWriter output = new();
        ConnectionTalk talk = new("tcp://localhost:9876", output, output);
        IOException refused = new("Connection refused");
        talk.Say(null, new(ConnectionState.Connecting, 1));
        talk.Say(null, new(ConnectionState.Disconnected, 1, TimeSpan.FromSeconds(1), refused));
        talk.Say(null, new(ConnectionState.Connecting, 2));
        talk.Say(null, new(ConnectionState.Disconnected, 2, TimeSpan.FromSeconds(2), refused));
        talk.Say(null, new(ConnectionState.Connecting, 3));
        talk.Say(null, new(ConnectionState.Connected, 3));
        talk.Say(null, new(ConnectionState.Disconnected, 0, TimeSpan.Zero));
        Assert.Equal(
            """
            Not connected to tcp://localhost:9876: Connection refused. Trying again.
            Connected to tcp://localhost:9876.
            Not connected to tcp://localhost:9876: closed by the server. Trying again.

            """, output.ToString());
    }
}
