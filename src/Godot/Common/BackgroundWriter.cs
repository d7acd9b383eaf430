using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Godot.Common;

/// <summary>
/// Lines for a writer that blocks while nobody reads it (a terminal after Ctrl-S, a pipe to a log driver that is stuck): a bounded queue,
/// and a thread of its own that
/// writes. What does not fit is dropped and counted, and when the lines are read again one of them says how many are missing. For what runs
/// as a server: a command that prints
/// a result writes it itself, and waits for its reader.
/// </summary>
/// <remarks>
/// It is handed whole lines: <see cref="WriteLine(string)"/> drops what does not fit,
/// <see cref="WriteLineAsync(ReadOnlyMemory{char}, CancellationToken)"/> waits for room.
/// All members may be used from several threads at once.
/// </remarks>
sealed class BackgroundWriter : TextWriter
{
    /// <summary>How many characters may wait.</summary>
    public const int Capacity = 1024 * 1024;

    // As many go to the system at once, so that many short lines do not take as many calls; and a line counts as a little more than it is
    // long.
    const int Portion = 16 * 1024, PerLine = 32;

    /// <summary>How long a stop waits for who does not read.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // The thread of a writer that has nothing to write ends after so long.
    static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    static readonly ConditionalWeakTable<TextWriter, BackgroundWriter> all = [];
    static long allDropped;

    readonly TextWriter inner;
    readonly Action<ThreadStart> start;

    // Also what the thread waits on, hence no Lock.
    readonly object gate = new();
    readonly Queue<string> lines = new();
    TaskCompletionSource? room, empty;
    int held;
    long missing;
    bool running, unread;

    // A program that ends without a stop, because it cannot start say, has said why.
    static BackgroundWriter() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach ((_, BackgroundWriter writer) in all)
            if (!writer.unread) writer.TryFlushAsync().Wait();
    };

    BackgroundWriter(TextWriter inner, Action<ThreadStart> start) => (this.inner, this.start) = (inner, start);

    /// <summary>The one in front of a writer: all lines for it go through one queue, and stay in order.</summary>
    public static BackgroundWriter Of(TextWriter inner) =>
        inner as BackgroundWriter ?? all.GetValue(inner, static inner => new(inner, StartThread));

    /// <summary>One in front of a writer, whose thread is started in another way.</summary>
    internal static BackgroundWriter Of(TextWriter inner, Action<ThreadStart> start) => new(inner, start);

    /// <summary>Lines that were dropped in this process, because nobody read, or what they were written to failed.</summary>
    public static long AllDropped => Interlocked.Read(ref allDropped);

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Never waits.</summary>
    public override void WriteLine(string? value)
    {
        lock (gate)
            if (!TryAdd(value ?? "")) Drop(1);
    }

    /// <summary>Completes when there is room for the line.</summary>
    public override async Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        string line = buffer.ToString();
        while (true)
        {
            Task free;
            bool read;
            lock (gate)
            {
                if (TryAdd(line)) return;
                free = (room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                read = running;
            }
            try
            {
                await free.WaitAsync(read ? Timeout.InfiniteTimeSpan : Moment, TimeProvider.System, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // There was no thread to make room; perhaps there is one now.
            }
        }
    }

    /// <summary>Does nothing: lines are written as soon as they can be.</summary>
    public override void Flush()
    {
    }

    /// <summary>Waits a moment for what is queued to be written.</summary>
    public override Task FlushAsync() => TryFlushAsync();

    /// <summary>The same. False: somebody does not read, and there is something left.</summary>
    public async Task<bool> TryFlushAsync()
    {
        Task done;
        lock (gate)
        {
            if (held == 0) return true;
            if (!running) running = TryStart();
            done = (empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        try
        {
            await done.WaitAsync(Moment, TimeProvider.System).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            unread = true;
            return false;
        }
    }

    public override void Write(char value) => throw new NotSupportedException("It is handed whole lines.");

    // Under the lock. A line that is longer than the queue goes into an empty one.
    bool TryAdd(string line)
    {
        bool fits = held == 0 || held + line.Length + PerLine <= Capacity;
        if (fits)
        {
            if (missing > 0) Add(Missing());
            Add(line);
        }
        if (!running) running = TryStart();
        Monitor.PulseAll(gate);
        return fits;
    }

    // The system may have no thread to give just now. The lines wait as if nobody read them, and the next one tries again.
    bool TryStart()
    {
        try
        {
            start(Run);
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }

    static void StartThread(ThreadStart run) => new Thread(run) { IsBackground = true, Name = "Godot output" }.Start();

    void Add(string line)
    {
        lines.Enqueue(line);
        held += line.Length + PerLine;
    }

    void Drop(int count)
    {
        missing += count;
        Interlocked.Add(ref allDropped, count);
    }

    string Missing()
    {
        string said = missing == 1
            ? "1 line is missing here: it could not be written."
            : $"{missing} lines are missing here: they could not be written.";
        missing = 0;
        return said;
    }

    void Run()
    {
        while (Next() is { } portion)
        {
            bool written = TryWrite(portion.Text);
            lock (gate)
            {
                held -= portion.Held;
                if (!written) Drop(portion.Lines);
                // Nothing may come after them that would say it.
                else if (missing > 0 && lines.Count == 0) Add(Missing());
                room?.SetResult();
                room = null;
                if (held > 0) continue;
                empty?.SetResult();
                empty = null;
            }
        }
    }

    /// <summary>What is to be written next; null: the thread may end.</summary>
    (string Text, int Lines, int Held)? Next()
    {
        StringBuilder text = new();
        lock (gate)
        {
            while (lines.Count == 0)
            {
                if (Monitor.Wait(gate, Linger) || lines.Count > 0) continue;
                running = false;
                return null;
            }
            (int count, int taken) = (0, 0);
            while (text.Length < Portion && lines.TryDequeue(out string? line))
            {
                text.Append(line).Append(inner.NewLine);
                count++;
                taken += line.Length + PerLine;
            }
            return (text.ToString(), count, taken);
        }
    }

    // A full disk, a terminal that was closed: what was to be said there is lost like what nobody reads.
    [SuppressMessage("Design", "CA1031", Justification = "There is nowhere to say it, and a thread's exception would end the process.")]
    bool TryWrite(string text)
    {
        try
        {
            inner.Write(text);
            inner.Flush();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
