using Godot.Client.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot.Outputs.Tests;

/// <summary>What <c>check --connect</c> finds out: against real servers, and without any.</summary>
public sealed class AttemptTests
{
    static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    static readonly OutputContext Context = new(TimeProvider.System, NullLoggerFactory.Instance, null);

    [Fact]
    public async Task A_mail_server_is_greeted_and_gets_no_mail()
    {
        await using SmtpServer server = await SmtpServer.StartAsync();
        EmailOptions options = new() { Host = "127.0.0.1", Port = server.Port, Tls = EmailTls.None };
        Assert.Equal($"127.0.0.1:{server.Port} answers, not encrypted.", await EmailAttempt.RunAsync(options, Stop));
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_said()
    {
        int port = LineServer.FreePort();
        IOException thrown =
            await Assert.ThrowsAsync<IOException>(() =>
                EmailAttempt.RunAsync(new() { Host = "127.0.0.1", Port = port, Tls = EmailTls.None }, Stop));
        Assert.StartsWith($"127.0.0.1:{port} takes no mails: ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_is_pinged()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        Assert.Matches($"^Redis at \"127.0.0.1:{server.Port}\" answers PING after [0-9.]+ ms\\.$",
            await Redis(server.Port).TryAsync(Context, Stop));
    }

    [Fact]
    public async Task Redis_that_is_not_there_is_said()
    {
        IOException thrown = await Assert.ThrowsAsync<IOException>(() => Redis(LineServer.FreePort()).TryAsync(Context, Stop));
        Assert.StartsWith("Redis at \"127.0.0.1:", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Carbon_and_another_Godot_get_a_connection_and_nothing_else()
    {
        using LineServer server = LineServer.Tcp();
        Assert.Equal($"Graphite at 127.0.0.1:{server.Port} accepts a connection.",
            await new GraphiteRecipe("127.0.0.1", server.Port, "").TryAsync(Context, Stop));
        using (LineConnection connection = await server.AcceptAsync()) Assert.Null(await connection.ReadAsync());

        Assert.Equal($"tcp://127.0.0.1:{server.Port} accepts a connection.",
            await new ForwardRecipe($"tcp://127.0.0.1:{server.Port}").TryAsync(Context, Stop));
        using (LineConnection connection = await server.AcceptAsync()) Assert.Null(await connection.ReadAsync());
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_said()
    {
        int port = LineServer.FreePort();
        Assert.Contains($"Graphite at 127.0.0.1:{port} cannot be reached",
            (await Assert.ThrowsAsync<IOException>(() => new GraphiteRecipe("127.0.0.1", port, "").TryAsync(Context, Stop))).Message,
            StringComparison.Ordinal);
        Assert.Contains($"tcp://127.0.0.1:{port}",
            (await Assert.ThrowsAsync<IOException>(() => new ForwardRecipe($"tcp://127.0.0.1:{port}").TryAsync(Context, Stop))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_server_that_greets_without_end_is_cut_off()
    {
        using LineServer server = LineServer.Tcp();
        Task<string> attempt = EmailAttempt.RunAsync(new() { Host = "127.0.0.1", Port = server.Port, Tls = EmailTls.None }, Stop);
        using LineConnection connection = await server.AcceptAsync();
        byte[] greeting = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("220-hello\r\n", 4_000_000)));
        Task greets = Task.Run(() => connection.End(greeting), Stop);
        Assert.Contains("It has said more than 1048576 bytes.", (await Assert.ThrowsAsync<IOException>(() => attempt)).Message,
            StringComparison.Ordinal);
        // It was not listened to till the end.
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => greets);
    }

    static RedisRecipe Redis(int port) => new($"127.0.0.1:{port},connectTimeout=500", (_, _) => Task.CompletedTask);
}
