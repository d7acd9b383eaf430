namespace Godot;

public class ReactorTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reactors_are_added_and_removed_while_it_runs()
    {
        Seen first = new(), second = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).React("first", first.Recipe);
        await server.StartAsync(Stop);
        using var socket = server.Connect(Transport.Tcp);
        socket.Send(Some.Line("a"));
        await first.Count(1);

        server.React("second", second.Recipe);
        socket.Send(Some.Line("b"));
        await second.Count(1);
        Assert.True(server.Remove("first"));
        Assert.False(server.Remove("first"));
        socket.Send(Some.Line("c"));
        await second.Count(2);

        Assert.Equal(["a", "b"], first.Services);
        Assert.Equal(["b", "c"], second.Services);
        Assert.Equal(["second"], server.Reactors);
    }

    [Fact]
    public async Task Two_reactors_of_one_name_are_refused_at_start()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).React("cpu", Some.Recipe()).React("cpu", Some.Recipe());

        await Assert.ThrowsAsync<ArgumentException>(() => server.StartAsync(Stop));
    }

    [Fact]
    public async Task A_reactor_can_be_removed_before_the_start()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).React("a", Some.Recipe()).React("b", Some.Recipe());

        Assert.True(server.Remove("a"));
        await server.StartAsync(Stop);

        Assert.Equal(["b"], server.Reactors);
    }
}
