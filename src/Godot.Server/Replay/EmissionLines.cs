using System.Buffers;
using Godot.Events;
using Godot.Runtime;

namespace Godot;

/// <summary>
/// Writes what reactors emit as JSON lines: <c>{"reactor":…,"at":…,"event":…}</c>, or <c>"events":[…]</c> for a batch. What an output would
/// have been handed says which, before the event: <c>"output":"email"</c>. What is told of incidents has <c>"notices":[…]</c>, and each
/// decision on them <c>"ledger":…</c>.
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

    public void On(LedgerLine line)
    {
        lock (gate)
        {
            Begin(line.Reactor, null);
            JsonOutput json = new(lines);
            json.Raw("\"ledger\":"u8);
            json.Text(line.What);
            Member(ref json, ",\"name\":"u8, line.Name);
            Member(ref json, ",\"incident\":"u8, line.Incident);
            Member(ref json, ",\"channel\":"u8, line.Channel);
            Member(ref json, ",\"because\":"u8, line.Because);
            json.Done();
            End();
        }
    }

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

    void Write(string output, string channel, Notification notification)
    {
        lock (gate)
        {
            Begin(notification.Reactor, output);
            JsonOutput json = new(lines);
            json.Raw("\"channel\":"u8);
            json.Text(channel);
            json.Raw(",\"notices\":["u8);
            json.Done();
            for (int i = 0; i < notification.Notices.Count; i++)
            {
                if (i > 0) lines.Write(","u8);
                Write(notification.Notices[i]);
            }
            lines.Write("]"u8);
            End();
        }
    }

    void Write(Notice notice)
    {
        JsonOutput json = new(lines);
        json.Raw("{\"notice\":"u8);
        json.Text(notice.Title);
        json.Raw(",\"incident\":"u8);
        json.Text(notice.Incident.Id);
        Member(ref json, ",\"text\":"u8, notice.Text);
        Member(ref json, ",\"held_back\":"u8, notice.HeldBack);
        json.Raw(",\"event\":"u8);
        json.Done();
        Put(notice.Incident.Latest);
        lines.Write("}"u8);
    }

    static void Member(ref JsonOutput json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is null) return;
        json.Raw(name);
        json.Text(text);
    }

    // Of a silence there is no reactor.
    void Begin(string? reactor, string? output)
    {
        JsonOutput json = new(lines);
        json.Raw("{\"reactor\":"u8);
        if (reactor is null) json.Raw("null"u8);
        else json.Text(reactor);
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

        public void On(string channel, Notification notification) => all.Write(output, channel, notification);
    }
}
