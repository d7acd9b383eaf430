using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Godot;

public class QueryTurnTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static DefaultHttpContext Asking(string query) => new() { Request = { QueryString = QueryString.Create("query", query) } };

    [Fact]
    public async Task One_is_asked_at_a_time_and_none_whose_client_has_gone_meanwhile()
    {
        QueryTurn turn = new();
        using ManualResetEventSlim end = new();
        using CancellationTokenSource gone = new();
        TaskCompletionSource begun = new();
        Task<bool> first = Task.Run(() => turn.AskAsync(Asking("true"), _ =>
        {
            begun.SetResult();
            return end.Wait(TimeSpan.FromSeconds(60));
        }, Stop), Stop);
        await Eventually.Within(begun.Task);

        // It would be told that it is none, were it read.
        Task<Query>[] others = [.. Enumerable.Range(0, 100).Select(_ => turn.AskAsync(Asking("("), query => query, gone.Token))];
        Task<string> last = turn.AskAsync(Asking("service = \"a\""), query => query.ToString(), Stop);
        Assert.All(others, other => Assert.False(other.IsCompleted));
        await gone.CancelAsync();
        foreach (Task<Query> other in others) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Within(other));
        Assert.False(last.IsCompleted);

        end.Set();
        Assert.True(await Eventually.Within(first));
        Assert.Equal("service = \"a\"", await Eventually.Within(last));
        await Assert.ThrowsAsync<QueryFormatException>(() => turn.AskAsync(Asking("("), query => query, Stop));
        Assert.Equal("true", await Eventually.Within(turn.AskAsync(new DefaultHttpContext(), query => query.ToString(), Stop)));
    }

    [Theory]
    [InlineData("/index")]
    [InlineData("/events")]
    public async Task Many_large_queries_whose_clients_go_build_next_to_nothing(string page)
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0");
        await server.StartAsync(Stop);
        string different = string.Concat(Enumerable.Range(0xc0, 60).Select(c => (char)c));
        string query = string.Join(" or ", Enumerable.Range(0, 89).Select(i => $"host ~= \"{different}{i}\""));
        string request = $"GET {page}?query={Uri.EscapeDataString(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n";

        long before = GC.GetTotalAllocatedBytes();
        foreach (int _ in Enumerable.Range(0, 16))
        {
            using Socket client = new(SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(server.HttpEndPoint!, Stop);
            client.Send(Encoding.ASCII.GetBytes(request));
        }
        // Whoever stays is answered, and with what to change.
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
        using HttpResponseMessage answer = await http.GetAsync($"{page}?query={Uri.EscapeDataString(query)}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("different characters; write the expression without them", await answer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz", Stop)).StatusCode);
        // Other tests run meanwhile. Each such query would take 800 megabytes, and all of them minutes.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 2_000_000_000);
    }

    [Theory]
    [InlineData("/index")]
    [InlineData("/events")]
    public async Task A_query_of_the_greatest_length_fits_however_much_of_it_is_escaped(string page)
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").React(Reactor.Index());
        await server.StartAsync(Stop);
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}") };
        string Of(int length) => $"{page}?query={Uri.EscapeDataString($"host = \"{new string('水', length - 9)}\"")}";
        using HttpResponseMessage longest = await http.GetAsync(Of(Query.Longest), HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        using HttpResponseMessage longer = await http.GetAsync(Of(Query.Longest + 1), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        Assert.Contains("A query may have at most 8192 characters, not 8193", await longer.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal);
    }
}
