using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot.Outputs.Tests;

/// <summary>A mail server that misbehaves as a test says: for what a real one cannot be made to do.</summary>
sealed class SmtpPeer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ended = new();

    public SmtpPeer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it says to a command, or to "banner" and, after a mail, to "."; null: nothing, ever.</summary>
    public Func<string, string?> Answer { get; set; } = Well;

    /// <summary>What it waits for before it says anything.</summary>
    public Func<Task> Pause { get; set; } = () => Task.CompletedTask;

    /// <summary>The command that it answers without end.</summary>
    public string Endless { get; set; } = "";

    /// <summary>Whom each mail that it took was for.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    /// <summary>The subjects of these.</summary>
    public ConcurrentQueue<string> Subjects { get; } = [];

    /// <summary>These, whole.</summary>
    public ConcurrentQueue<string> Mails { get; } = [];

    /// <summary>The commands that came.</summary>
    public ConcurrentQueue<string> Commands { get; } = [];

    public static string? Well(string command) => command switch
    {
        "banner" => "220 peer",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 fine",
    };

    public void Dispose()
    {
        ended.Cancel();
        listener.Dispose();
        ended.Dispose();
    }

    async Task AcceptAsync()
    {
        CancellationToken stop = ended.Token;
        while (!stop.IsCancellationRequested) _ = TalkAsync(await listener.AcceptTcpClientAsync(stop), stop);
    }

    async Task TalkAsync(TcpClient client, CancellationToken stop)
    {
        using TcpClient connection = client;
        using StreamReader reader = new(connection.GetStream(), Encoding.UTF8);
        string recipient = "";
        if (!await SayAsync("banner")) return;
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            string command = line.Split(' ', ':')[0].ToUpperInvariant();
            Commands.Enqueue(command);
            if (command == "RCPT") recipient = line.Split('<', '>')[1];
            if (!await SayAsync(command == "RCPT" ? $"RCPT {recipient}" : command) || command == "QUIT") return;
            if (command != "DATA" || Answer("DATA")?.StartsWith("354", StringComparison.Ordinal) != true) continue;
            string subject = "";
            StringBuilder mail = new();
            while (await reader.ReadLineAsync(stop) is { } text && text != "." && mail.AppendLine(text).Length > 0)
                if (text.StartsWith("Subject: ", StringComparison.Ordinal)) subject = text["Subject: ".Length..];
            Commands.Enqueue(".");
            string? said = Answer(".");
            if (said?.StartsWith("250", StringComparison.Ordinal) == true)
            {
                Taken.Enqueue(recipient);
                Subjects.Enqueue(subject);
                Mails.Enqueue(mail.ToString());
            }
            if (!await SayAsync(".")) return;
        }

        async Task<bool> SayAsync(string to)
        {
            if (Endless == to)
                while (true) await connection.GetStream().WriteAsync(new byte[64 * 1024].AsMemory(), stop);
            await Pause().WaitAsync(stop);
            if (Answer(to) is not { } answer)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return false;
            }
            await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), stop);
            return true;
        }
    }
}
