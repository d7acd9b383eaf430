// examples/decoder.cs
#:project ../src/Godot.Server/Godot.Server.csproj
using System.Buffers.Text;
using Godot;

Func<EventDecoder> graphite = () => new GraphiteDecoder();
await GodotServer.Tcp(9876)
    .Tcp(2003, decoder: graphite)
    .Udp(2003, decoder: graphite)
    .React("busy", Reactor.Where("service", "*.cpu").Over(50).Console())
    .RunAsync(args);

// Graphite's lines, such as "web1.cpu 42.5 1735689600", over TCP and UDP. Try it: echo "web1.cpu 75 $(date +%s)" | nc -N localhost 2003
sealed class GraphiteDecoder() : MessageDecoder("not_graphite")
{
    protected override int Decode(ReadOnlySpan<byte> bytes, bool isLast, EventBuilder events)
    {
        int newline = bytes.IndexOf((byte)'\n');
        if (newline < 0 && !isLast) return 0;
        ReadOnlySpan<byte> line = newline < 0 ? bytes : bytes[..newline];
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> numbers = line[(space + 1)..];
        if (space > 0
            && Utf8Parser.TryParse(numbers, out double metric, out int used) && numbers[used..].StartsWith(" "u8)
            && Utf8Parser.TryParse(numbers[(used + 1)..], out long time, out _))
            events.Service(line[..space]).Metric(metric).UnixTime(time).Add();
        else
            events.Reject("not_graphite", line);
        return newline < 0 ? bytes.Length : newline + 1;
    }
}
