namespace Godot.Cli.Tests;

public class ServerAddressTests
{
    [Theory]
    [InlineData("tcp://localhost:9876", "tcp://localhost:9876")]
    [InlineData("tcp://monitor", "tcp://monitor:9876")]
    [InlineData("udp://10.0.0.1:1", "udp://10.0.0.1:1")]
    [InlineData("tcp://[::1]:65535", "tcp://[::1]:65535")]
    [InlineData("tcp://localhost:9876/", "tcp://localhost:9876")]
    [InlineData("unix:///run/godot.sock", "unix:///run/godot.sock")]
    [InlineData("unix:///tmp/a b%20.sock", "unix:///tmp/a b%20.sock")]
    public void An_address_names_a_transport_and_a_place(string text, string meant) =>
        Assert.Equal(meant, ServerAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("localhost:9876")]
    [InlineData("http://localhost:9876")]
    [InlineData("tcp://")]
    [InlineData("tcp://localhost:0")]
    [InlineData("tcp://localhost:65536")]
    [InlineData("tcp://localhost:9876/path")]
    [InlineData("unix://")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => ServerAddress.Parse(text));

    [Fact]
    public void A_path_that_no_socket_can_have_is_refused() =>
        Assert.Throws<FormatException>(() => ServerAddress.Parse($"unix:///{new string('x', 200)}"));
}
