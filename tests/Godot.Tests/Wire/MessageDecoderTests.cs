using System.Text;
using Godot.Events;

namespace Godot.Tests.Wire;

public sealed class MessageDecoderTests
{
    static readonly WireLimits Short = new(LineLength: 100);

    [Fact]
    public void A_stream_in_pieces_among_others_is_the_same_events()
    {
        Random random = new(1);
        byte[][] streams = [.. Enumerable.Range(0, 20).Select(RandomStream)];
        Words decoder = new() { Limits = Short };
        PartialLine[] partial = [.. streams.Select(_ => new PartialLine { EndsAtOtherProtocol = true })];
        List<string>[] read = [.. streams.Select(_ => new List<string>())];
        int[] at = new int[streams.Length];
        for (List<int> open = [.. Enumerable.Range(0, streams.Length)]; open.Count > 0;)
        {
            int s = open[random.Next(open.Count)];
            decoder.Resume(partial[s]);
            for (int turn = random.Next(1, 4); turn > 0 && open.Contains(s); turn--)
            {
                int count = Math.Min(random.Next(1, 200), streams[s].Length - at[s]);
                streams[s].AsSpan(at[s], count).CopyTo(decoder.Free.Span);
                at[s] += count;
                if (count > 0) decoder.Received(count);
                else decoder.Complete();
                if (count == 0) open.Remove(s);
                read[s].AddRange(Read(decoder));
            }
            decoder.Suspend(partial[s]);
        }

        Assert.All(streams.Zip(read), pair => Assert.Equal(pair.First, Stream([.. pair.Second])));
        Assert.All(partial, line => Assert.Equal((0, 0), (line.Length, line.Capacity)));
        Assert.Equal("", Counted(decoder));

        byte[] RandomStream(int number) =>
            Stream([.. Enumerable.Range(0, random.Next(50)).Select(i => $"{number}.{i}{new string('x', random.Next(60))}")]);
    }

    [Fact]
    public void Datagrams_stay_apart_and_what_one_lacks_is_not_the_next_ones()
    {
        Words decoder = new();
        Given(decoder, Stream("a", "b"), [], [5, (byte)'c'], Stream("d"), [.. Stream("e"), 1], Stream("f"));

        Assert.Equal(["a", "b", "d", "e", "f"], Read(decoder));
        Assert.Equal("cut cut", Counted(decoder));

        Given(decoder, Stream("g"));
        Assert.Equal(["g"], Read(decoder));
    }

    [Fact]
    public void A_block_is_full_in_the_middle_of_a_datagram()
    {
        Words decoder = new();
        string[] words = [.. Enumerable.Range(0, 100).Select(i => $"w{i}")];
        Given(decoder, [.. words.Chunk(7).Select(chunk => Stream(chunk))]);
        Block block = new();
        List<string> read = [];
        while (decoder.Read(block, 0, atMost: 3))
        {
            Assert.InRange(block.Count, 1, 3);
            for (int i = 0; i < block.Count; i++) read.Add(block[i].Service!);
        }

        Assert.Equal(words, read);
        Assert.Equal(100, decoder.Accepted);
    }

    [Fact]
    public void It_rejects_for_reasons_of_its_own()
    {
        Words decoder = new();
        Given(decoder, Stream("a", "bad", "b"));

        Assert.Equal(["a", "b"], Read(decoder));
        Assert.Equal("bad_word", Counted(decoder));
        Assert.Equal("bad", Encoding.UTF8.GetString(decoder.Sample((RejectReason)RejectReasons.Names.Length)));
    }

    [Fact]
    public void What_it_throws_ends_the_stream_or_the_datagram()
    {
        Words decoder = new();
        byte[][] wrong = [Stream("unknown", "d"), Stream("lost", "e"), Stream("more", "f")];
        Given(decoder, [Stream("a", "throw", "b"), Stream("c"), .. wrong, Stream("g")]);

        Assert.Equal(["a", "c", "g"], Read(decoder));
        Assert.Equal("decoder_failed decoder_failed decoder_failed bad_word", Counted(decoder));

        Words ofStream = new();
        Put(ofStream, Stream("a", "throw", "b"));
        Assert.Equal(["a"], Read(ofStream));
        Assert.True(ofStream.Ended);
        Assert.Equal("FormatException: thrown", Encoding.UTF8.GetString(ofStream.Sample(RejectReason.DecoderFailed)));
    }

    [Theory]
    [InlineData("GET /a HTTP/1.1\r\n", "other_protocol")]
    [InlineData("POST /", "other_protocol")]
    [InlineData("\u0003a /", "")]
    public void A_stream_that_begins_as_HTTP_does_ends(string bytes, string counted)
    {
        Words decoder = new();
        PartialLine line = new() { EndsAtOtherProtocol = true };
        decoder.Resume(line);
        Put(decoder, Encoding.ASCII.GetBytes(bytes));

        Assert.Equal(counted == "" ? ["a /"] : [], Read(decoder));
        Assert.Equal((counted, counted != ""), (Counted(decoder), decoder.Ended));

        decoder.Suspend(line);
        decoder.Resume(line);
        Put(decoder, Stream("GET /"));
        if (counted == "") Assert.Equal(["GET /"], Read(decoder));
    }

    [Fact]
    public void A_message_that_does_not_end_is_too_long()
    {
        Words decoder = new() { Limits = new(LineLength: 20) };
        Put(decoder, [.. Stream("a"), 200, .. new byte[20]]);

        Assert.Equal(["a"], Read(decoder));
        Assert.Equal(("too_long", true), (Counted(decoder), decoder.Ended));
    }

    [Fact]
    public void A_stream_that_ends_within_a_message_is_cut()
    {
        Words decoder = new();
        Put(decoder, [.. Stream("a"), 2, (byte)'b']);
        decoder.Complete();

        Assert.Equal(["a"], Read(decoder));
        Assert.Equal("cut", Counted(decoder));
    }

    [Theory]
    [InlineData("Bad")]
    [InlineData("")]
    [InlineData("not_json")]
    public void A_reason_must_be_a_word_of_its_own(string reason) => Assert.Throws<ArgumentException>(() => new Words(reason));

    static byte[] Stream(params string[] words) =>
        [.. words.SelectMany(word => (byte[])[(byte)word.Length, .. Encoding.ASCII.GetBytes(word)])];

    static void Put(EventDecoder decoder, byte[] bytes)
    {
        bytes.CopyTo(decoder.Free.Span);
        decoder.Received(bytes.Length);
    }

    static void Given(EventDecoder decoder, params byte[][] datagrams)
    {
        Span<byte> free = decoder.FreeForDatagrams.Span;
        foreach (byte[] datagram in datagrams)
        {
            datagram.CopyTo(free);
            free = free[(datagram.Length + 1)..];
        }
        decoder.Received([.. datagrams.Select(datagram => datagram.Length)]);
    }

    static List<string> Read(EventDecoder decoder)
    {
        Block block = new();
        List<string> read = [];
        while (decoder.Read(block, 0))
        {
            for (int i = 0; i < block.Count; i++) read.Add(block[i].Service!);
        }
        return read;
    }

    static string Counted(EventDecoder decoder) =>
        string.Join(' ', decoder.Reasons.SelectMany((name, i) => Enumerable.Repeat(name, (int)decoder.Rejected[i])));

    /// <summary>A byte that says how long it is, then a word, which is a service.</summary>
    sealed class Words(string reason = "bad_word") : MessageDecoder(reason)
    {
        protected override int Decode(ReadOnlySpan<byte> bytes, bool isLast, EventBuilder events)
        {
            int length = 1 + bytes[0];
            if (bytes.Length < length) return 0;
            ReadOnlySpan<byte> word = bytes[1..length];
            events.Service(word);
            switch (Encoding.ASCII.GetString(word))
            {
                case "bad":
                    events.Reject("bad_word", word);
                    break;
                case "lost":
                    events.RejectRest("bad_word", word);
                    break;
                case "throw": throw new FormatException("thrown");
                case "unknown":
                    events.Reject("no_such_reason", word);
                    break;
                case "more": return bytes.Length + 1;
                default:
                    events.Add();
                    events.Service("forgotten"u8);
                    break;
            }
            return length;
        }
    }
}
