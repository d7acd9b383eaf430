using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using MimeKit;

namespace Godot.Outputs.Tests;

/// <summary>A mail server in a process of its own, <c>smtp_server.py</c>, for as long as a test runs.</summary>
sealed class SmtpServer : IAsyncDisposable
{
    readonly Process process;

    SmtpServer(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    /// <summary>A mail as the server got it.</summary>
    public sealed record Received(string Sender, IReadOnlyList<string> Recipients, bool Encrypted, string? User, MimeMessage Message);

    public static async Task<SmtpServer> StartAsync(params string[] arguments)
    {
        const string debians = "/usr/bin/python3";
        ProcessStartInfo start =
            new(File.Exists(debians) ? debians : "python3", [Path.Join(AppContext.BaseDirectory, "smtp_server.py"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start) ?? throw new Win32Exception("Python does not start.");
        string line = await ReadLineAsync(process)
            ?? throw new InvalidOperationException("The mail server does not start. Is Debian's python3-aiosmtpd installed?");
        return new SmtpServer(process, JsonDocument.Parse(line).RootElement.GetProperty("port").GetInt32());
    }

    public async Task<Received> Next()
    {
        string line = await ReadLineAsync(process) ?? throw new InvalidOperationException("The mail server has ended.");
        JsonElement mail = JsonDocument.Parse(line).RootElement;
        using MemoryStream bytes = new(mail.GetProperty("mail").GetBytesFromBase64());
        return new Received(
            mail.GetProperty("sender").GetString()!,
            [.. mail.GetProperty("recipients").EnumerateArray().Select(r => r.GetString()!)],
            mail.GetProperty("encrypted").GetBoolean(),
            mail.GetProperty("user").GetString(),
            await MimeMessage.LoadAsync(bytes, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    static Task<string?> ReadLineAsync(Process process) =>
        process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
