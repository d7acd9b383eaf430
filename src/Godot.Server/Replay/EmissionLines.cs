using System.Buffers;
using Godot.Events;
using Godot.Runtime;

namespace Godot;

/// <summary>
/// Writes what reactors emit as JSON lines: <c>{"reactor":…,"at":…,"event":…}</c>, or <c>"events":[…]</c> for a batch. What an output would
/// have been handed says which, before the event: <c>"output":"email"</c>.
/// </summary>
sealed class EmissionLines(Stream output, TimeProvider clock, ReplayProgress? progress = null) : ITap
{
    const int Chunk = 32 * 1024;

    readonly Lock gate = new();
    readonly ArrayBufferWriter<byte> lines = new(), json = new();

    /// <summary>How many lines were written.</summary>
    public long Count { get; private set; }

    /// <summary>Hands over what was written since.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (lines.WrittenCount == 0) return;
            // Both may be on one terminal.
            progress?.Hide();
            output.Write(lines.WrittenSpan);
            output.Flush();
            lines.ResetWrittenCount();
        }
    }

    public void On(string reactor, EventView e) => Write(reactor, null, e);

    public void On(string reactor, IReadOnlyList<Event> batch) => Write(reactor, null, batch);

    public ITap InPlaceOf(OutputRecipe output) => new AtOutput(this, output.Name);

    void Write(string reactor, string? output, EventView e)
    {
        lock (gate)
        {
            Begin(reactor, output);
            lines.Write("\"event\":"u8);
            Put(e);
            End();
        }
    }

    void Write(string reactor, string? output, IReadOnlyList<Event> batch)
    {
        lock (gate)
        {
            Begin(reactor, output);
            lines.Write("\"events\":["u8);
            for (int i = 0; i < batch.Count; i++)
            {
                if (i > 0) lines.Write(","u8);
                Put(batch[i]);
            }
            lines.Write("]"u8);
            End();
        }
    }

    void Begin(string reactor, string? output)
    {
        JsonOutput json = new(lines);
        json.Raw("{\"reactor\":"u8);
        json.Text(reactor);
        json.Raw(",\"at\":"u8);
        json.Time(EventRules.ToTicks(clock.GetUtcNow()));
        if (output is not null)
        {
            json.Raw(",\"output\":"u8);
            json.Text(output);
        }
        json.Byte((byte)',');
        json.Done();
    }

    void Put(EventView e)
    {
        json.ResetWrittenCount();
        EventWriter.Write(e, json);
        Span<byte> line = lines.GetSpan(json.WrittenCount)[..json.WrittenCount];
        json.WrittenSpan.CopyTo(line);
        EventWriter.OneLine(line);
        lines.Advance(line.Length);
    }

    void End()
    {
        lines.Write("}\n"u8);
        Count++;
        if (lines.WrittenCount >= Chunk) Flush();
    }

    sealed class AtOutput(EmissionLines all, string output) : ITap
    {
        public void On(string reactor, EventView e) => all.Write(reactor, output, e);

        public void On(string reactor, IReadOnlyList<Event> batch) => all.Write(reactor, output, batch);
    }
}
