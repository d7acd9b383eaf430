using System.Diagnostics;
using System.Globalization;
using Godot.Client.Tests;
using StackExchange.Redis;

namespace Godot.Outputs.Tests;

/// <summary>A real Redis server that keeps nothing.</summary>
sealed class RedisServer : IAsyncDisposable
{
    readonly Process process;

    RedisServer(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public int Id => process.Id;

    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public static async Task<RedisServer> StartAsync(int port = 0)
    {
        if (port == 0) port = LineServer.FreePort();
        string[] arguments =
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
        Process process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        string? line;
        do line = await process.StandardOutput.ReadLineAsync().Soon();
        while (line is not null && !line.Contains("Ready to accept", StringComparison.Ordinal));
        if (line is null) throw new InvalidOperationException("Redis did not start.");
        return new(process, port);
    }

    public async Task<IDatabase> OpenAsync() => (await ConnectionMultiplexer.ConnectAsync(Configuration).Soon()).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync().Soon();
        process.Dispose();
    }
}
