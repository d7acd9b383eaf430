using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Godot.Cli.Tests;

/// <summary>Pummel as its users run it: processes that start processes.</summary>
public class PummelTests
{
    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    [InlineData("unix")]
    public async Task Prints_what_the_article_prints_and_leaves_no_process(string type)
    {
        using ToolProcess tool = new("pummel", "-c", "2", "-d", "1", "-p", "0", "--type", type);
        string output = (await tool.Output.ReadToEndAsync().WaitAsync(Tool.Patience)).ReplaceLineEndings("\n");
        await tool.EndAsync();

        Assert.Equal(0, tool.Code);
        // On a busy machine UDP loses some, and that is said.
        string[] said = (await tool.Error.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain(said, line => type != "udp"
            || !(line.Contains("the kernel dropped", StringComparison.Ordinal) || line.Contains("drops events", StringComparison.Ordinal)));
        string place = type == "unix" ? "path:             .+" : "port:             0";
        string lost = type == "udp"
            ? @"\nLost of all that was sent, also before and after the measured time:\n  \d+ of \d+ messages\n  \d+\.\d percent\n" : "";
        Assert.Matches($"""
            ^Starting performance test with:
              network protocol  {type}
              concurrency:      2
              sampling interval 1s
              duration:         1s
              ttl:              0
              {place}

            Starting reactor 1
            Starting producer 1
            Starting producer 2

            Now receiving messages\.\.\.

            Received:
              [1-9]\d* total messages
              [1-9]\d*\.\d per second
            {lost}$
            """.ReplaceLineEndings("\n"), output);
        Assert.True(await tool.NoneIsLeftAsync());
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), $"godot-pummel-{tool.Id}.sock")));
    }

    [Fact]
    public async Task Packs_datagrams_on_request()
    {
        using ToolProcess tool = new("pummel", "-c", "1", "-d", "1", "-p", "0", "--type", "udp", "--pack");
        string output = await tool.Output.ReadToEndAsync().WaitAsync(Tool.Patience);
        await tool.EndAsync();

        Assert.Equal(0, tool.Code);
        Assert.Matches(@"Received:\s+[1-9]\d* total messages", output);
    }

    [Fact]
    public async Task Shows_a_count_for_each_interval()
    {
        using ToolProcess tool = new("pummel", "-c", "1", "-d", "1", "-i", "500ms", "-p", "0");
        string output = await tool.Output.ReadToEndAsync().WaitAsync(Tool.Patience);

        Assert.Equal(2, output.Split("Received:").Length - 1);
    }

    [Fact]
    public async Task Says_so_if_the_port_is_taken()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        using ToolProcess tool = new("pummel", "-c", "1", "-d", "1", "-p", port);
        string error = await tool.Error.ReadToEndAsync().WaitAsync(Tool.Patience);
        await tool.EndAsync();

        Assert.Equal(1, tool.Code);
        Assert.Contains($"port {port} is in use", error, StringComparison.Ordinal);
        Assert.True(await tool.NoneIsLeftAsync());
    }

    [Fact]
    public async Task Ctrl_C_ends_every_process()
    {
        using ToolProcess tool = await ReceivingAsync();

        Assert.Equal(0, Kill(tool.Id, Interrupt));
        await tool.EndAsync();

        Assert.Equal((130, ""), (tool.Code, await tool.Error.ReadToEndAsync()));
        Assert.True(await tool.NoneIsLeftAsync());
    }

    [Fact]
    public async Task Its_processes_end_by_themselves_if_it_is_killed()
    {
        using ToolProcess tool = await ReceivingAsync();

        tool.Kill();

        Assert.True(await tool.NoneIsLeftAsync());
    }

    static async Task<ToolProcess> ReceivingAsync()
    {
        ToolProcess tool = new("pummel", "-c", "2", "-d", "60", "-p", "0");
        while (await tool.Output.ReadLineAsync().WaitAsync(Tool.Patience) is { } line && !line.StartsWith("Now", StringComparison.Ordinal))
        {
        }
        Assert.True(tool.CountMarked() is 4 || !OperatingSystem.IsLinux());
        return tool;
    }

    const int Interrupt = 2;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
