using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Godot.Events;

namespace Godot;

/// <summary>
/// Takes down what a stage holds for one key, to be read back, in the same order, from a <see cref="StateReader"/>: by another run of the
/// program, or on another machine.
/// </summary>
/// <remarks>
/// Times of a clock that only counts from when a process began mean nothing elsewhere: write how long ago, or how long yet.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "They stand in memory and hold nothing that the collector does not take.")]
public sealed class StateWriter
{
    readonly MemoryStream memory = new();
    readonly BinaryWriter writer;
    readonly ArrayBufferWriter<byte> json = new();

    internal StateWriter() => writer = new BinaryWriter(memory);

    /// <summary>100 ns since the engine began, when the state is saved.</summary>
    internal long Now { get; set; }

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    internal ReadOnlySpan<byte> Written => memory.GetBuffer().AsSpan(0, (int)memory.Length);

    internal void Clear() => memory.SetLength(0);

    /// <summary>Writes a whole number.</summary>
    public void Write(long value) => writer.Write(value);

    /// <summary>Writes a number, to the last bit.</summary>
    public void Write(double value) => writer.Write(value);

    /// <summary>Writes true or false.</summary>
    public void Write(bool value) => writer.Write(value);

    /// <summary>Writes a span of time.</summary>
    public void Write(TimeSpan value) => writer.Write(value.Ticks);

    /// <summary>Writes a time of the calendar, as UTC.</summary>
    public void Write(DateTimeOffset value) => writer.Write(value.UtcTicks);

    /// <summary>Writes a text, or that there is none.</summary>
    public void Write(string? value)
    {
        writer.Write(value is not null);
        if (value is not null) writer.Write(value);
    }

    /// <summary>Writes an event, all that it says.</summary>
    public void Write(EventView value)
    {
        json.ResetWrittenCount();
        EventWriter.Write(value, json);
        writer.Write(value.Row.Time);
        writer.Write7BitEncodedInt(json.WrittenCount);
        writer.Write(json.WrittenSpan);
    }

    /// <summary>Writes a moment of the engine's monotonic time, such as <see cref="Stage.Now"/>, as its distance from now.</summary>
    internal void WriteMoment(long moment) => writer.Write(moment - Now);
}
