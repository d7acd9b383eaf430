using System.Text;
using Godot.Common;

namespace Godot.Tests;

public class BackgroundWriterTests
{
    static CancellationToken Ever => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_written_in_order()
    {
        using Unread reader = new(open: true);
        BackgroundWriter writer = BackgroundWriter.Of(reader);
        for (int i = 0; i < 1000; i++)
        {
            if (i % 2 == 0) writer.WriteLine($"{i}");
            else await writer.WriteLineAsync($"{i}".AsMemory(), Ever);
        }
        await reader.Has("999\n");
        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i}\n")), reader.Text);
    }

    [Fact]
    public async Task Who_writes_does_not_wait_for_who_does_not_read_and_what_is_missing_is_said()
    {
        using Unread reader = new(open: false);
        BackgroundWriter writer = BackgroundWriter.Of(reader);
        long before = BackgroundWriter.AllDropped;
        int fit = BackgroundWriter.Capacity / (1000 + 32);
        for (int i = 0; i < fit + 5; i++) writer.WriteLine(new string('x', 1000));
        Assert.True(BackgroundWriter.AllDropped >= before + 5);

        reader.Open();
        await reader.Has("5 lines are missing here: they could not be written.\n");
        writer.WriteLine("after");
        await reader.Has("after\n");
        Assert.Equal(fit, reader.Text.Split('\n').Count(line => line.StartsWith('x')));
        Assert.EndsWith("x\n5 lines are missing here: they could not be written.\nafter\n", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_to_wait_for_room_does_until_he_gives_up()
    {
        using Unread reader = new(open: false);
        BackgroundWriter writer = BackgroundWriter.Of(reader);
        // Longer than all that may wait: it goes into an empty queue.
        await writer.WriteLineAsync(new string('x', BackgroundWriter.Capacity + 1).AsMemory(), Ever);
        using CancellationTokenSource gaveUp = new();
        Task first = writer.WriteLineAsync("first".AsMemory(), gaveUp.Token), second = writer.WriteLineAsync("second".AsMemory(), Ever);
        Assert.False(first.IsCompleted);
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);

        reader.Open();
        await second.WaitAsync(TimeSpan.FromSeconds(30), Ever);
        await reader.Has("second\n");
        Assert.DoesNotContain("first", reader.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_is_missing_and_the_next_line_says_so()
    {
        using Unread reader = new(open: true) { Broken = true };
        BackgroundWriter writer = BackgroundWriter.Of(reader);
        long before = BackgroundWriter.AllDropped;
        writer.WriteLine("a");
        while (BackgroundWriter.AllDropped == before) await Task.Yield();
        reader.Broken = false;
        writer.WriteLine("b");
        await reader.Has("b\n");
        Assert.Equal("1 line is missing here: it could not be written.\nb\n", reader.Text);
    }

    [Fact]
    public async Task When_there_is_no_thread_the_lines_wait_for_one()
    {
        using Unread reader = new(open: true);
        int tries = 0;
        BackgroundWriter writer = BackgroundWriter.Of(reader, run =>
        {
            if (++tries < 3) throw new InsufficientMemoryException("No thread.");
            new Thread(run) { IsBackground = true }.Start();
        });
        writer.WriteLine("a");
        await writer.WriteLineAsync("b".AsMemory(), Ever);
        Assert.Equal("", reader.Text);
        writer.WriteLine("c");
        await reader.Has("c\n");
        Assert.Equal("a\nb\nc\n", reader.Text);
    }

    [Fact]
    public async Task A_full_queue_that_had_no_thread_is_read_when_there_is_one()
    {
        using Unread reader = new(open: true);
        bool none = true;
        BackgroundWriter writer = BackgroundWriter.Of(reader, run =>
        {
            if (none) throw new InsufficientMemoryException("No thread.");
            new Thread(run) { IsBackground = true }.Start();
        });
        writer.WriteLine(new string('x', BackgroundWriter.Capacity));
        none = false;
        // There is no room for it, but it has the others written.
        writer.WriteLine("lost");
        await reader.Has("1 line is missing here: it could not be written.\n");
        writer.WriteLine("after");
        await reader.Has("after\n");
    }

    [Fact]
    public void Whoever_writes_to_the_same_is_in_the_same_queue()
    {
        using StringWriter one = new();
        Assert.Same(BackgroundWriter.Of(one), BackgroundWriter.Of(BackgroundWriter.Of(one)));
    }

    /// <summary>What is written here blocks until somebody reads.</summary>
    sealed class Unread : TextWriter
    {
        readonly ManualResetEventSlim read;
        readonly StringBuilder text = new();

        public Unread(bool open)
        {
            read = new(open);
            NewLine = "\n";
        }

        public volatile bool Broken;

        public override Encoding Encoding => Encoding.UTF8;

        public string Text
        {
            get { lock (text) return text.ToString(); }
        }

        public void Open() => read.Set();

        public async Task Has(string end)
        {
            while (!Text.EndsWith(end, StringComparison.Ordinal)) await Task.Delay(5, Ever);
        }

        public override void Write(string? value)
        {
            read.Wait(Ever);
            if (Broken) throw new IOException("No space left on device");
            lock (text) text.Append(value);
        }

        public override void Write(char value) => Write($"{value}");

        protected override void Dispose(bool disposing)
        {
            read.Set();
            base.Dispose(disposing);
        }
    }
}
