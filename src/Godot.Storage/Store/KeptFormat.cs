using System.Runtime.InteropServices;
using Godot.Alerting;

namespace Godot.Storage;

/// <summary>An incident as bytes, with all that is needed to go on with it.</summary>
static class KeptFormat
{
    /// <summary>A member that is added makes a new one, and is read where the version has it.</summary>
    public const int Version = 1;

    public static byte[] Write(KeptIncident kept) => KeptBytes.Write(writer =>
    {
        writer.Incident(kept.Incident);
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
    });

    /// <summary>Null: it is damaged.</summary>
    public static KeptIncident? Read(byte[] bytes, long version) => KeptBytes.Read(bytes, version, Version, reader =>
    {
        Incident incident = reader.Incident();
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
    });

    /// <summary>When a key opened, as bytes.</summary>
    public static byte[] WriteOpenings(IReadOnlyList<DateTimeOffset> openings) =>
        MemoryMarshal.AsBytes(openings.Select(opening => opening.UtcTicks).ToArray().AsSpan()).ToArray();

    public static IReadOnlyList<DateTimeOffset> ReadOpenings(byte[] bytes) =>
        [.. MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero))];

    extension(BinaryWriter writer)
    {
        public void Incident(Incident incident)
        {
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
        }
    }

    extension(BinaryReader reader)
    {
        public Incident Incident() => new()
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
    }
}
