using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>A server program that runs, seen from outside: through its terminal and its metrics.</summary>
sealed class Serving : IDisposable
{
    readonly HttpClient http = new();
    readonly Child program;
    readonly Uri metrics;

    Serving(Child program)
    {
        this.program = program;
        string address = program.Lines.First(line => line.Contains("http://", StringComparison.Ordinal));
        metrics = new Uri($"{address[address.IndexOf("http://", StringComparison.Ordinal)..]}/metrics");
    }

    /// <summary>Starts a server program, with metrics, and waits until it listens.</summary>
    /// <param name="lastInput">What it listens on; the last, if there are several.</param>
    public static async Task<Serving> Start(string file, string[] arguments, string folder, string lastInput)
    {
        await Eventually.True(PortIsFree,
            () => $"The examples listen on port {Examples.Port}, and another program has it; stop that program.");
        Child program = new(file, [.. arguments, "--http", "127.0.0.1:0"], folder);
        try
        {
            await program.Says($"Listening on {lastInput}");
            return new(program);
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Waits until a metric has a value; its labels are given as Prometheus writes them.</summary>
    public async Task Reaches(string metric, double value)
    {
        double last = 0;
        await Eventually.True(() => (last = Value(metric)) == value, () => $"{metric} is {last}, not {value}. {program}");
    }

    /// <summary>The sum of all lines of a metric, whatever their labels; or of one of them.</summary>
    public double Value(string metric)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, metrics);
        using HttpResponseMessage answer = http.Send(request, TestContext.Current.CancellationToken);
        using StreamReader text = new(answer.Content.ReadAsStream());
        return text.ReadToEnd().Split('\n')
            .Where(line => line.StartsWith($"{metric} ", StringComparison.Ordinal)
                || line.StartsWith($"{metric}{{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Ends it as a service manager does, and checks that it ends well and soon.</summary>
    public async Task Stop()
    {
        program.Send(Signal.Terminate);
        Assert.Equal(0, await program.Exit(TimeSpan.FromSeconds(5)));
        Assert.Contains("Stopped: ", program.Output, StringComparison.Ordinal);
        Assert.Equal("", program.Error);
    }

    public async Task Kill()
    {
        program.Send(Signal.Kill);
        await program.Exit();
    }

    public void Dispose()
    {
        program.Dispose();
        http.Dispose();
    }

    static bool PortIsFree()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, Examples.Port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
