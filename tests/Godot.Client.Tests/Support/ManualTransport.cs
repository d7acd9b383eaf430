using System.Text;
using System.Threading.Channels;

namespace Godot.Client.Tests;

/// <summary>A transport by hand: the test says whether a connection comes about, and when and how each write ends.</summary>
sealed class ManualTransport : Transport
{
    readonly Channel<TaskCompletionSource<bool>> gates = Channel.CreateUnbounded<TaskCompletionSource<bool>>();
    Action close = () => { };

    /// <summary>Each write, as it begins.</summary>
    public Channel<string> Writes { get; } = Channel.CreateUnbounded<string>();

    /// <summary>Whether attempts fail.</summary>
    public bool Down { get; set; }

    public override Task<Connection> ConnectAsync(Signal wake, CancellationToken stop)
    {
        if (Down) throw new IOException("down");
        ManualConnection connection = new(this, wake);
        close = connection.Close;
        return Task.FromResult<Connection>(connection);
    }

    /// <summary>Lets the write end that began first.</summary>
    public async Task EndWriteAsync() => (await gates.Next()).SetResult(true);

    /// <summary>Lets that write fail.</summary>
    public async Task BreakWriteAsync() => (await gates.Next()).SetException(new IOException("broken"));

    /// <summary>Closes from the server's side.</summary>
    public void Close() => close();

    public override string ToString() => "manual";

    sealed class ManualConnection(ManualTransport transport, Signal wake) : Connection
    {
        volatile bool closed;

        public override bool IsClosed => closed;

        public override int Portion(ReadOnlySpan<byte> lines) => lines.Length;

        public override async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> portion, CancellationToken stop)
        {
            TaskCompletionSource<bool> gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
            transport.gates.Writer.TryWrite(gate);
            transport.Writes.Writer.TryWrite(Encoding.UTF8.GetString(portion.Span));
            return await gate.Task.WaitAsync(stop);
        }

        public void Close()
        {
            closed = true;
            wake.Set();
        }

        public override void Dispose()
        {
        }
    }
}
