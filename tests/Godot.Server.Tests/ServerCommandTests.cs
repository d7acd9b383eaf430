namespace Godot;

public sealed class ServerCommandTests : IDisposable
{
    readonly StringWriter output = new(), error = new();

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "events", "--until", "tomorrow")]
    [InlineData("replay", "events", "--speed", "0")]
    [InlineData("check", "events")]
    [InlineData("graph", "--png")]
    [InlineData("--nonsense")]
    [InlineData("--http")]
    [InlineData("--allow")]
    [InlineData("--allow", "10.0.0.1/8")]
    [InlineData("--allow", "everyone")]
    [InlineData("--http-name")]
    public async Task Words_that_are_not_understood_are_refused_with_a_sentence(params string[] args)
    {
        Assert.Equal(2, await ServerCommand.RunAsync(GodotServer.Tcp(0), args, output, error));

        Assert.Contains("--help shows what there is.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_options()
    {
        Assert.Equal(0, await ServerCommand.RunAsync(GodotServer.Tcp(0), ["--help"], output, error));

        Assert.Contains("--http <[ADDRESS:]PORT>", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--version", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"replay <EVENTS>\s.*\s+check\s.*\s+graph\s", output.ToString());
    }

    [Fact]
    public async Task A_replay_that_cannot_be_is_told_in_just_one_sentence()
    {
        Assert.Equal(1, await ServerCommand.RunAsync(GodotServer.Tcp(0), ["replay", "no such file"], output, error));

        Assert.Matches("^Could not find file '[^\n]*no such file'\\.\n$", error.ToString());
    }

    [Theory]
    [InlineData("There is no program no.cs; name a server program's .cs file, .dll or executable.", "events", "no.cs")]
    [InlineData("The standard input can be read only once, and --diff reads the events twice; write them to a file first.", "-",
        "other.cs")]
    public async Task A_comparison_that_cannot_be_is_told_in_just_one_sentence(string sentence, string events, string other)
    {
        Assert.Equal(2, await ServerCommand.RunAsync(GodotServer.Tcp(0), ["replay", events, "--diff", other], output, error));

        Assert.Equal(sentence, error.ToString().TrimEnd());
    }

    [Fact]
    public async Task Version_is_Godots()
    {
        Assert.Equal(0, await ServerCommand.RunAsync(GodotServer.Tcp(0), ["--version"], output, error));

        Assert.Matches(@"^godot \d+\.\d+\.\d+", output.ToString());
    }

    [Fact]
    public async Task What_cannot_run_is_told_in_just_one_sentence()
    {
        await using GodotServer first = GodotServer.Tcp(0, "127.0.0.1");
        await first.StartAsync(TestContext.Current.CancellationToken);
        int port = ((System.Net.IPEndPoint)first.Inputs[0].EndPoint!).Port;

        Assert.Equal(1, await ServerCommand.RunAsync(GodotServer.Tcp(port, "127.0.0.1"), [], output, error));

        Assert.Equal($"tcp port {port} is in use by another program; stop that program or choose another port.",
            error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("98770")]
    [InlineData("example.com:9877")]
    [InlineData("127.0.0.1:x")]
    public async Task A_wrong_http_address_is_told_in_just_one_sentence(string address)
    {
        Assert.Equal(1, await ServerCommand.RunAsync(GodotServer.Tcp(0), ["--http", address], output, error));

        Assert.Equal($"\"{address}\" is neither a port nor an IP address and a port; write 9877, 127.0.0.1:9877 or [::1]:9877.",
            error.ToString().TrimEnd());
    }
}
