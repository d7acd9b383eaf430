using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Godot;

/// <summary>A mail server that drops connections, is slow, refuses for now, answers late, or not at all once it has the mail.</summary>
sealed class SmtpSink : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ended = new();
    readonly Random random;

    public SmtpSink(int seed)
    {
        random = new Random(seed);
        listener.Start();
        _ = AcceptAsync();
    }

    enum Mood
    {
        Fine,
        Drops,
        Slow,
        Defers,
        AnswersLate,
        DiesWithTheMail,
        DiesInTheMail,
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>From now on it does as it should.</summary>
    public bool IsWell { get; set; }

    /// <summary>The mails that it has whole, and has not refused, in order: also those of which nobody knows that.</summary>
    public ConcurrentQueue<MimeMessage> Mails { get; } = [];

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

    // Half of the time it is well.
    Mood Next()
    {
        lock (random) return !IsWell && random.Next(2) == 0 ? (Mood)random.Next(1, 7) : Mood.Fine;
    }

    async Task TalkAsync(TcpClient client, CancellationToken stop)
    {
        using TcpClient connection = client;
        Mood mood = Next();
        try
        {
            NetworkStream stream = connection.GetStream();
            using StreamReader reader = new(stream, Encoding.Latin1);
            if (mood == Mood.Drops) return;
            if (mood == Mood.Slow) await Task.Delay(200, stop);
            await Say("220 sink");
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                string command = line.Split(' ', ':')[0].ToUpperInvariant();
                await Say(command switch { "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 fine" });
                if (command == "QUIT") return;
                if (command == "DATA" && !await TakeMail(reader)) return;
            }

            Task Say(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), stop).AsTask();

            async Task<bool> TakeMail(StreamReader mail)
            {
                StringBuilder text = new();
                while (await mail.ReadLineAsync(stop) is var line && line != ".")
                {
                    if (line is null || mood == Mood.DiesInTheMail) return false;
                    text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
                }
                using MemoryStream bytes = new(Encoding.Latin1.GetBytes($"{text}"));
                if (mood != Mood.Defers) Mails.Enqueue(await MimeMessage.LoadAsync(bytes, stop));
                if (mood == Mood.AnswersLate) await Task.Delay(300, stop);
                if (mood == Mood.DiesWithTheMail) return false;
                await Say(mood == Mood.Defers ? "451 later" : "250 taken");
                return true;
            }
        }
        // Whoever sends is killed in the middle of it.
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}
