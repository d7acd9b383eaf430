using System.Net.Sockets;
using Godot.Events;

namespace Godot;

/// <summary>Lines whose end does not come.</summary>
public class UnfinishedTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static string Beginning(int length) => $"{{\"description\":\"{new string('x', length)}";

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public async Task Together_they_take_no_more_than_their_budget_and_the_one_that_holds_most_is_refused(Transport transport)
    {
        const int Connections = 200, Length = 50_000, Budget = 2_000_000;
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server =
            Senders.OnLoopback(transport).With(new() { MaxUnfinishedBytes = Budget, Engine = new() { LoggerFactory = log } })
                .React(seen.Recipe);
        await server.StartAsync(Stop);
        // Somebody whose line is short is not who has to go, however long it takes.
        using Socket patient = server.Connect(transport);
        patient.Send(Beginning(100));

        List<Socket> sockets = [];
        for (int i = 0; i < Connections; i++)
        {
            Socket socket = server.Connect(transport);
            sockets.Add(socket);
            socket.Send(Beginning(Length));
        }
        InputCounters counters = server.Counters();
        await Eventually.True(() => counters.Bytes >= Connections * Length
            && counters.Rejected(RejectReason.Unfinished) >= Connections - Budget / Length);
        await Eventually.True(() => server.Run!.Unfinished.Bytes <= Budget);
        Assert.Equal(counters.AllRejected, counters.Rejected(RejectReason.Unfinished));
        Assert.Contains(log.Warnings, w => w.Contains("(unfinished)", StringComparison.Ordinal));
        await Eventually.True(() => counters.Open == Connections + 1 - counters.Rejected(RejectReason.Unfinished));

        patient.Send("\"}\n");
        await seen.Count(1);

        // And what was held is given back when they go.
        sockets.ForEach(socket => socket.Dispose());
        patient.Dispose();
        await Eventually.True(() => counters.Open == 0);
        Assert.Equal(0, server.Run!.Unfinished.Bytes);
    }

    [Fact]
    public async Task A_single_line_as_long_as_it_may_be_fits_whatever_the_budget()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).With(new() { MaxUnfinishedBytes = 0 }).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(Transport.Tcp);

        socket.Send(Beginning(60_000));
        await Eventually.True(() => server.Counters().Bytes > 60_000);
        socket.Send("\"}\n");

        await seen.Count(1);
        Assert.Equal(0, server.Counters().AllRejected);
    }

    [Fact]
    public async Task A_line_that_a_broken_connection_cut_is_not_called_nonsense()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).React(Some.Recipe());
        await server.StartAsync(Stop);
        Socket socket = server.Connect(Transport.Tcp);
        socket.Send(Beginning(100));
        await Eventually.True(() => server.Counters().Bytes > 100);

        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();

        await Eventually.True(() => server.Counters().AllRejected == 1);
        Assert.Equal(1, server.Counters().Rejected(RejectReason.Cut));
    }
}
