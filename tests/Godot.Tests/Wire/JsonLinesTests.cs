using System.Runtime.InteropServices;
using System.Text;
using Godot.Events;

namespace Godot.Tests.Wire;

public class JsonLinesTests
{
    static readonly WireLimits Short = new(LineLength: 1000, EventLength: 700);

    [Fact]
    public void Splitting_the_stream_changes_nothing()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            byte[] stream = Stream(random);
            Lines whole = Lines.Read(stream, Short);
            Lines pieces = Lines.Read(stream, Short, random, atMost: random.Next(1, 20));
            Assert.Equal(whole.ToString(), pieces.ToString());
        }
    }

    [Fact]
    public void Connections_that_share_a_reader_are_read_as_if_each_had_its_own()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            byte[][] streams = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Stream(random))];
            Assert.Equal(streams.Select(stream => Lines.Read(stream, Short).ToString()),
                Lines.ReadShared(streams, Short, random).Select(lines => lines.ToString()));
        }
    }

    [Fact]
    public void A_line_that_comes_in_many_turns_is_one_line()
    {
        const int Pieces = 100_000, Length = 10;
        JsonLines lines = new(new WireLimits(LineLength: int.MaxValue, EventLength: int.MaxValue));
        Block block = new();
        PartialLine line = new();
        for (int i = 0; i < Pieces; i++) Piece(new string(' ', Length));
        Assert.Equal(Pieces * Length, line.Length);
        Piece("{\"metric\":1}\n");
        Assert.Equal(1, lines.Accepted);
        Assert.Equal(0, line.Length);

        void Piece(string text)
        {
            lines.Resume(line);
            lines.Received(Encoding.UTF8.GetBytes(text, lines.Free.Span));
            while (lines.Read(block, 0)) { }
            lines.Suspend(line);
        }
    }

    static byte[] Stream(Random random)
    {
        JsonGenerator generator = new(random);
        List<byte> stream = [];
        byte[] last = "{}"u8.ToArray();
        for (int lines = random.Next(40); lines > 0; lines--)
        {
            byte[] line = generator.Line();
            stream.AddRange(random.Next(5) == 0 ? generator.Mutated(line, last) : line);
            if (random.Next(20) == 0) stream.AddRange(Enumerable.Repeat((byte)'x', random.Next(2000)));
            if (lines > 1 || random.Next(2) == 0) stream.AddRange("\n"u8);
            last = line;
        }
        return [.. stream];
    }

    [Fact]
    public void A_line_that_comes_byte_by_byte_is_one_line()
    {
        JsonLines lines = new(WireLimits.Default);
        Block block = new();
        foreach (byte b in "{\"metric\":12}\n"u8)
        {
            Assert.False(lines.Read(block, 0));
            lines.Free.Span[0] = b;
            lines.Received(1);
        }
        Assert.True(lines.Read(block, 0));
        Assert.Equal(12, block[0].Metric);
        Assert.False(lines.Read(block, 0));
    }

    [Fact]
    public void A_line_of_10_MB_is_counted_once_in_bounded_memory()
    {
        JsonLines lines = new(WireLimits.Default);
        Block block = new();
        int largest = 0;
        Feed(lines, block, "{\"metric\":1}\n{\"host\":\"", ref largest);
        for (int i = 0; i < 10_000; i++) Feed(lines, block, new string('a', 1000), ref largest);
        Feed(lines, block, "\"}\n{\"metric\":2}\n", ref largest);
        Assert.Equal(2, lines.Accepted);
        Assert.Equal(1, lines.Rejected[(int)RejectReason.TooLong]);
        Assert.Equal(200, lines.Sample(RejectReason.TooLong).Length);
        Assert.StartsWith("{\"host\":\"aaa", Encoding.UTF8.GetString(lines.Sample(RejectReason.TooLong)), StringComparison.Ordinal);
        Assert.InRange(largest, 0, 132 * 1024);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void The_longest_line_is_as_long_as_the_limit_says(int length, bool accepted)
    {
        string line = $"{{\"host\":\"{new string('a', length - 11)}\"}}";
        Assert.Equal(length, line.Length);
        WireLimits limits = new(LineLength: 100);
        Assert.Equal(accepted ? line : "too_long", Lines.Read(line, limits).ToString());
        Assert.Equal(accepted ? line : "too_long", Lines.Read(line + "\n", limits).ToString());
    }

    [Fact]
    public void A_quiet_reader_keeps_a_small_buffer()
    {
        JsonLines lines = new(WireLimits.Default);
        Block block = new();
        int largest = 0;
        for (int i = 0; i < 1000; i++) Feed(lines, block, "{\"metric\":1}\n", ref largest);
        Assert.Equal(4096, largest);
    }

    [Fact]
    public void A_busy_reader_reads_128_KiB_at_once()
    {
        JsonLines lines = new(WireLimits.Default);
        Block block = new();
        for (int i = 0; i < 10; i++)
        {
            Memory<byte> free = lines.Free;
            free.Span.Fill((byte)'\n');
            lines.Received(free.Length);
            Assert.False(lines.Read(block, 0));
        }
        Assert.Equal(128 * 1024, lines.Free.Length);
    }

    [Fact]
    public void One_reader_takes_datagrams_whose_lines_do_not_run_on()
    {
        JsonLines lines = new(WireLimits.Default);
        Block block = new();
        foreach (string[] datagrams in (string[][])[["{\"metric\":1}", "{\"metric\":2}\n{\"metric\":3}\n"], ["{\"metric\":", "", "4}"]])
        {
            Span<byte> free = lines.FreeForDatagrams.Span;
            Assert.Equal(128 * 1024, free.Length);
            List<int> lengths = [];
            foreach (string datagram in datagrams)
            {
                lengths.Add(Encoding.UTF8.GetBytes(datagram, free));
                free = free[(lengths[^1] + 1)..];
            }
            lines.Received(CollectionsMarshal.AsSpan(lengths));
            while (lines.Read(block, 0)) { }
        }
        Assert.Equal(3, lines.Accepted);
        Assert.Equal(2, lines.Rejected[(int)RejectReason.NotJson]);
        Assert.Equal("4}", Encoding.UTF8.GetString(lines.Sample(RejectReason.NotJson)));
        Assert.True(lines.Sample(RejectReason.NotUtf8).IsEmpty);
    }

    [Fact]
    public void A_block_that_is_read_into_may_be_copied_into()
    {
        JsonLines lines = new(WireLimits.Default);
        Block block = new(), copies = new();
        lines.Received(Encoding.UTF8.GetBytes("{\"host\":\"a\"}\n{\"host\":\"b\"}\n", lines.Free.Span));
        Assert.True(lines.Read(block, 0));
        copies.Add(block[1]);
        copies.Add(block[0]);
        byte[] lent = [.. block.Bytes];
        byte[] reader = block.Bytes;
        block.Add(copies[0]);
        Assert.Equal(lent, reader);
        Assert.Equal(["a", "b", "b"], [block[0].Host, block[1].Host, block[2].Host]);
        block.Clear();
        block.Add(copies[1]);
        Assert.Equal("a", block[0].Host);
    }

    static void Feed(JsonLines lines, Block block, string text, ref int largest)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        while (!bytes.IsEmpty)
        {
            Span<byte> free = lines.Free.Span;
            Assert.False(free.IsEmpty);
            int length = Math.Min(free.Length, bytes.Length);
            bytes[..length].CopyTo(free);
            bytes = bytes[length..];
            lines.Received(length);
            lines.Read(block, 0);
            largest = Math.Max(largest, block.Bytes.Length - JsonScanner.Padding);
            while (lines.Read(block, 0)) { }
        }
    }
}
