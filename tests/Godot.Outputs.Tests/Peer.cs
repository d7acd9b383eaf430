using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Godot.Common;

namespace Godot.Outputs.Tests;

/// <summary>The other side of an output, which can be made to take nothing, or little at a time.</summary>
abstract partial class Peer : IAsyncDisposable
{
    public static readonly string[] Kinds = ["email", "sms", "webhook", "forward", "graphite", "redis", "console"];

    public static async Task<Peer> StartAsync(string kind) => kind switch
    {
        "email" => new MailPeer(),
        "sms" => new SmsPeer(),
        "webhook" => new WebhookPeer(),
        "forward" => new ForwardPeer(),
        "graphite" => new GraphitePeer(),
        "redis" => new RedisPeer(await RedisServer.StartAsync()),
        _ => new ConsolePeer(),
    };

    public abstract OutputRecipe Recipe { get; }

    public virtual IServiceProvider? Services => null;

    /// <summary>How many events a test sends: more than fit between the two.</summary>
    public virtual int Count => 20;

    /// <summary>Whether an output turns away from one that takes nothing.</summary>
    public virtual bool IsLeft => true;

    /// <summary>Whether it waits for virtual time to pass.</summary>
    public bool IsPausing => Volatile.Read(ref pauses) > 0;

    int pauses;

    protected Func<Task> PauseOf(TimeProvider clock) => async () =>
    {
        Task over = Task.Delay(TimeSpan.FromSeconds(2), clock);
        Interlocked.Increment(ref pauses);
        await over;
        Interlocked.Decrement(ref pauses);
    };

    /// <summary>How many events may come twice.</summary>
    public virtual int MostTwice => 0;

    /// <summary>The names of the events that were taken.</summary>
    public abstract Task<IEnumerable<string>> TakenAsync();

    public abstract void Stall();

    public abstract void Resume();

    public abstract void Slow(TimeProvider clock);

    public abstract ValueTask DisposeAsync();

    protected static IEnumerable<string> Ids(string text) => Id().Matches(text).Select(match => match.Value);

    [GeneratedRegex("id-[0-9]+-")]
    private static partial Regex Id();
}

sealed class MailPeer : Peer
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("godot-mail-");
    readonly SmtpPeer server = new();

    public override OutputRecipe Recipe => new EmailRecipe("ops@host.com", "{service}", "{metric}", TimeSpan.Zero);

    public override IServiceProvider? Services =>
        new Services(new EmailOptions { Host = "127.0.0.1", Port = server.Port, Folder = folder.FullName });

    public override async Task<IEnumerable<string>> TakenAsync() => server.Subjects.SelectMany(Ids);

    public override void Stall() => server.Answer = _ => null;

    public override void Resume() => server.Answer = SmtpPeer.Well;

    public override void Slow(TimeProvider clock) => server.Pause = PauseOf(clock);

    public override ValueTask DisposeAsync()
    {
        server.Dispose();
        folder.Delete(recursive: true);
        return default;
    }
}

/// <summary>A TCP server that reads when it may, and answers what its protocol says.</summary>
abstract class StreamPeer : Peer
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ended = new();
    readonly ConcurrentQueue<string> taken = [];
    volatile TaskCompletionSource mayRead = new();
    Func<Task> pause = () => Task.CompletedTask;

    protected StreamPeer()
    {
        // So that a few megabytes are more than fit between the two.
        listener.Server.ReceiveBufferSize = 32 * 1024;
        listener.Start();
        mayRead.SetResult();
        _ = AcceptAsync();
    }

    protected int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public override async Task<IEnumerable<string>> TakenAsync() => taken;

    public override void Stall() => mayRead = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Resume() => mayRead.TrySetResult();

    public override void Slow(TimeProvider clock) => pause = PauseOf(clock);

    public override ValueTask DisposeAsync()
    {
        ended.Cancel();
        listener.Dispose();
        ended.Dispose();
        return default;
    }

    /// <summary>
    /// Looks at what came, and returns how much of it is done with; what it was is taken, and answered, in the order in which it came.
    /// </summary>
    protected abstract int Take(string text, Action<string> take, Action<string> answer);

    async Task AcceptAsync()
    {
        CancellationToken stop = ended.Token;
        while (!stop.IsCancellationRequested) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop), stop);
    }

    async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using TcpClient connection = client;
        NetworkStream stream = connection.GetStream();
        byte[] bytes = new byte[128 * 1024];
        string text = "";
        while (true)
        {
            await mayRead.Task.WaitAsync(stop);
            await pause().WaitAsync(stop);
            int read = await stream.ReadAsync(bytes, stop);
            if (read == 0) return;
            text += Encoding.ASCII.GetString(bytes, 0, read);
            StringBuilder answers = new();
            text = text[Take(text, taken.Enqueue, answer => answers.Append(answer))..];
            // Who has gone away meanwhile has not heard that it was taken.
            if (answers.Length > 0) await stream.WriteAsync(Encoding.ASCII.GetBytes(answers.ToString()), stop);
        }
    }
}

sealed class SmsPeer : HttpPeer
{
    public override OutputRecipe Recipe => new SmsRecipe("+15550100", TimeSpan.Zero);

    public override IServiceProvider? Services => new Services(SmsOptions.FromUri($"http://account:token@127.0.0.1:{Port}?from=+15550199"));
}

sealed class WebhookPeer : HttpPeer
{
    public override OutputRecipe Recipe => new WebhookRecipe($"http://127.0.0.1:{Port}", new() { Interval = TimeSpan.Zero });
}

abstract class HttpPeer : StreamPeer
{
    // A message that came while nobody answered was not taken: it is not answered later either.
    volatile bool deaf;

    public override void Stall() => deaf = true;

    public override void Resume() => deaf = false;

    protected override int Take(string text, Action<string> take, Action<string> answer)
    {
        int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0) return 0;
        int length = int.Parse(text[..head].Split("Content-Length: ")[1].Split('\r')[0], null), end = head + 4 + length;
        if (text.Length < end) return 0;
        if (deaf) return end;
        foreach (string id in Ids(text[head..end])) take(id);
        answer("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        return end;
    }
}

abstract class LinesPeer : StreamPeer
{
    public override int Count => 8000;

    protected override int Take(string text, Action<string> take, Action<string> answer)
    {
        int end = text.LastIndexOf('\n') + 1;
        foreach (string id in Ids(text[..end])) take(id);
        return end;
    }
}

sealed class ForwardPeer : LinesPeer
{
    public override OutputRecipe Recipe => new ForwardRecipe($"tcp://127.0.0.1:{Port}");

    // What was not wholly written when a connection was left: a client writes 64 KiB at a time.
    public override int MostTwice => 64;
}

sealed class GraphitePeer : LinesPeer
{
    // Its lines are short.
    public override int Count => 90_000;

    public override OutputRecipe Recipe => new GraphiteRecipe("127.0.0.1", Port, "godot");
}

/// <summary>A real one, which is stopped and goes on.</summary>
sealed class RedisPeer(RedisServer server) : Peer
{
    const int Continue = 18, Halt = 19;

    public override OutputRecipe Recipe { get; } =
        new RedisRecipe(server.Configuration, (db, e) => db.ListRightPushAsync("taken", e.Service));

    public override async Task<IEnumerable<string>> TakenAsync() =>
        (await (await server.OpenAsync()).ListRangeAsync("taken")).Select(value => value.ToString());

    public override void Stall() => Assert.Equal(0, Kill(server.Id, Halt));

    public override void Resume() => Assert.Equal(0, Kill(server.Id, Continue));

    public override void Slow(TimeProvider clock)
    {
        // It answers in real time, half a second late.
        Stall();
        _ = Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System).ContinueWith(_ => Resume(), TaskScheduler.Default);
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}

sealed class ConsolePeer : Peer
{
    readonly Screen screen = new();

    public override OutputRecipe Recipe => new Printing(screen);

    public override int Count => 5000;

    public override bool IsLeft => false;

    public override async Task<IEnumerable<string>> TakenAsync() => Ids(screen.Text);

    public override void Stall() => screen.Read.Reset();

    public override void Resume() => screen.Read.Set();

    public override void Slow(TimeProvider clock) => screen.Pause = true;

    public override ValueTask DisposeAsync()
    {
        Resume();
        return default;
    }

    /// <summary>As Console does, on another screen.</summary>
    sealed record Printing(Screen Screen) : OutputRecipe
    {
        public override string Name => "console";

        public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

        public override IOutput Open(OutputContext context) => new ConsoleOutput(BackgroundWriter.Of(Screen), null, colour: false);
    }

    sealed class Screen : TextWriter
    {
        readonly StringBuilder text = new();

        public ManualResetEventSlim Read { get; } = new(true);

        public volatile bool Pause;

        public override Encoding Encoding => Encoding.UTF8;

        public string Text
        {
            get { lock (text) return text.ToString(); }
        }

        public override void Write(char value) => Write($"{value}");

        public override void Write(string? value)
        {
            Read.Wait();
            if (Pause) Thread.Yield();
            lock (text) text.Append(value);
        }
    }
}
