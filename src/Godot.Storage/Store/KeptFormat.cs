using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Godot.Alerting;
using Godot.Events;

namespace Godot.Storage;

/// <summary>
/// An incident as bytes, with all that is needed to go on with it. Texts are UTF-16, so that each comes back as it was, and events are
/// their JSON.
/// </summary>
static class KeptFormat
{
    /// <summary>A member that is added makes a new one, and is read where the version has it.</summary>
    public const int Version = 1;

    // A part of the digest of what follows it: SQLite does not see bits that flip inside a value.
    const int SumBytes = 8;

    public static byte[] Write(KeptIncident kept)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(new byte[SumBytes]);
        Incident incident = kept.Incident;
        writer.Text(incident.Id);
        writer.Text(incident.Reactor);
        writer.Text(incident.Step);
        writer.Pairs(incident.Key);
        writer.Write(incident.Episode);
        writer.Text(incident.Severity);
        writer.Text(incident.OpenedAs);
        writer.Event(incident.Opening);
        writer.Event(incident.Latest);
        writer.Write(incident.Opened.UtcTicks);
        writer.Write(incident.Lasted.Ticks);
        writer.Text(incident.Ended);
        writer.Write(incident.IsRecovering);
        writer.Write(incident.IsFlapping);
        writer.Write(incident.Acknowledged is not null);
        if (incident.Acknowledged is { } acknowledged)
        {
            writer.Text(acknowledged.By);
            writer.Text(acknowledged.Note);
            writer.Time(acknowledged.Until);
        }
        writer.Pairs(incident.Labels.Labels);
        writer.Text(incident.Labels.Owner);
        writer.Text(incident.Labels.Runbook);
        writer.Bytes(kept.Key.First);
        writer.Bytes(kept.Key.Second);
        writer.Write(kept.Rank);
        writer.Many(kept.Telling, static (writer, telling) =>
        {
            writer.Text(telling.Path);
            writer.Write(telling.ToldRank);
            writer.Time(telling.FirstTold);
            writer.Time(telling.RepeatAt);
            writer.Write(telling.Escalated);
            writer.Text(telling.HeldBy);
            writer.Time(telling.GroupTold);
        });
        writer.Many(kept.Openings, static (writer, opening) => writer.Write(opening.UtcTicks));
        writer.Time(kept.PausedSince);
        writer.Write(kept.Settles is not null);
        if (kept.Settles is { } settles)
        {
            writer.Write(settles.At.UtcTicks);
            writer.Text(settles.Because);
            writer.Event(settles.Event);
        }
        byte[] written = bytes.ToArray();
        SumOf(written).CopyTo(written, 0);
        return written;
    }

    /// <summary>Null: it is damaged.</summary>
    public static KeptIncident? Read(byte[] bytes, long version)
    {
        if (version is < 1 or > Version || bytes.Length < SumBytes || !bytes.AsSpan(0, SumBytes).SequenceEqual(SumOf(bytes))) return null;
        using BinaryReader reader = new(new MemoryStream(bytes, SumBytes, bytes.Length - SumBytes, writable: false));
        Incident incident = new()
        {
            Id = reader.Text()!,
            Reactor = reader.Text()!,
            Step = reader.Text()!,
            Key = reader.Pairs(),
            Episode = reader.ReadInt32(),
            Severity = reader.Text()!,
            OpenedAs = reader.Text()!,
            Opening = reader.Event(),
            Latest = reader.Event(),
            Opened = reader.Time(),
            Lasted = new TimeSpan(reader.ReadInt64()),
            Ended = reader.Text(),
            IsRecovering = reader.ReadBoolean(),
            IsFlapping = reader.ReadBoolean(),
            Acknowledged = reader.ReadBoolean() ? new Acknowledgement(reader.Text()!, reader.Text(), reader.TimeOrNone()) : null,
            Labels = new AlertLabels(reader.Pairs(), reader.Text(), reader.Text()),
        };
        KeyName key = new(reader.Bytes(), reader.Bytes());
        return new KeptIncident(incident, key, reader.ReadInt32(), reader.Many(static reader =>
            new KeptTelling(reader.Text()!, reader.ReadInt32(), reader.TimeOrNone(), reader.TimeOrNone(), reader.ReadInt32())
            {
                HeldBy = reader.Text(),
                GroupTold = reader.TimeOrNone(),
            }))
        {
            Openings = reader.Many(static reader => reader.Time()),
            PausedSince = reader.TimeOrNone(),
            Settles = reader.ReadBoolean() ? (reader.Time(), reader.Text()!, reader.Event()) : null,
        };
    }

    /// <summary>When a key opened, as bytes.</summary>
    public static byte[] WriteOpenings(IReadOnlyList<DateTimeOffset> openings) =>
        MemoryMarshal.AsBytes(openings.Select(opening => opening.UtcTicks).ToArray().AsSpan()).ToArray();

    public static IReadOnlyList<DateTimeOffset> ReadOpenings(byte[] bytes) =>
        [.. MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero))];

    static byte[] SumOf(byte[] bytes) => SHA256.HashData(bytes.AsSpan(SumBytes))[..SumBytes];

    extension(BinaryWriter writer)
    {
        void Bytes(ReadOnlySpan<byte> bytes)
        {
            writer.Write7BitEncodedInt(bytes.Length);
            writer.Write(bytes);
        }

        void Text(string? text)
        {
            writer.Write(text is not null);
            if (text is not null) writer.Bytes(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        // Its time may be none of its JSON: that of its arrival.
        void Event(Event e)
        {
            ArrayBufferWriter<byte> json = new();
            e.WriteTo(json);
            writer.Write(((EventView)e).Row.Time);
            writer.Bytes(json.WrittenSpan);
        }

        void Time(DateTimeOffset? time) => writer.Write(time?.UtcTicks ?? -1);

        void Many<T>(IReadOnlyList<T> items, Action<BinaryWriter, T> write)
        {
            writer.Write7BitEncodedInt(items.Count);
            foreach (T item in items) write(writer, item);
        }

        void Pairs(IReadOnlyList<KeyValuePair<string, string>> pairs) => writer.Many(pairs, static (writer, pair) =>
        {
            writer.Text(pair.Key);
            writer.Text(pair.Value);
        });
    }

    extension(BinaryReader reader)
    {
        byte[] Bytes() => reader.ReadBytes(reader.Read7BitEncodedInt());

        string? Text() => reader.ReadBoolean() ? new string(MemoryMarshal.Cast<byte, char>(reader.Bytes())) : null;

        Event Event()
        {
            long time = reader.ReadInt64();
            return new Event(EventReader.ReadOurs(reader.Bytes(), time).View);
        }

        DateTimeOffset Time() => new(reader.ReadInt64(), TimeSpan.Zero);

        DateTimeOffset? TimeOrNone() => reader.ReadInt64() is var ticks and >= 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

        T[] Many<T>(Func<BinaryReader, T> read)
        {
            T[] items = new T[reader.Read7BitEncodedInt()];
            for (int i = 0; i < items.Length; i++) items[i] = read(reader);
            return items;
        }

        KeyValuePair<string, string>[] Pairs() =>
            reader.Many(static reader => KeyValuePair.Create(reader.Text()!, reader.Text()!));
    }
}
