namespace Godot;

public sealed class CheckTests
{
    [Fact]
    public async Task Says_of_each_reactor_what_its_outputs_would_say()
    {
        Assert.Equal((0, """
            cpu
              email: cpu on host.example.com is at 90 %
            where-state-critical-console
              console: 2026-01-01 00:00:00.000Z critical service host.example.com 90 Made up. #made-up
            2 reactors, nothing wrong.

            """), await Check(GodotServer.Tcp(0)
            .React("cpu", Reactor.Where("service", "cpu").Email(to: "ops@host.com", subject: "{service} on {host} is at {metric} %"))
            .React(Reactor.Where("state", "critical").Console())));
    }

    [Fact]
    public async Task Names_what_is_wrong_and_exits_with_1()
    {
        (int code, string output) = await Check(GodotServer.Tcp(0)
            .React("cpu", Reactor.Over(50).Around(Reactor.Under(20).Console()))
            .React("cpu", Reactor.Where("service", "cpu"))
            .React("meta", Reactor.By("host", r => r.Rollup(TimeSpan.FromMinutes(1)).Console(e => e.State!.Length + e.Host)))
            .React("made", Reactor.Over(1).Then(() => throw new InvalidOperationException("It cannot be made."))));

        Assert.Equal(1, code);
        Assert.Equal("""
            cpu
              console: 2026-01-01 00:00:00.000Z critical service host.example.com 90 Made up. #made-up
              wrong: Under(20) passes nothing that Over(50) let through.
            cpu
              wrong: There is a reactor "cpu" already: names are unique.
            meta
              console: 8host.example.com
              wrong: Console(e => e.State!.Length + e.Host) cannot tell of an empty event: NullReferenceException: Object reference not set to an instance of an object.
            made
              wrong: It cannot be made.
            4 reactors, 4 problems.

            """, output);
    }

    static async Task<(int Code, string Output)> Check(GodotServer server)
    {
        using StringWriter output = new(), error = new();
        int code = await ServerCommand.RunAsync(server, ["check"], output, error);
        Assert.Equal("", error.ToString());
        return (code, output.ToString());
    }
}
