using Godot.Alerting;
using Godot.Recipes;

namespace Godot.Storage;

/// <summary>What a row of the outbox tells, and the message that does, as bytes.</summary>
static class OutboxFormat
{
    /// <summary>A member that is added makes a new one, and is read where the version has it.</summary>
    public const int Version = 1;

    public static byte[] Write(KeptMessage message) => KeptBytes.Write(writer =>
    {
        writer.Write(message.Content is not null);
        if (message.Content is { } content) writer.Bytes(content);
        writer.Many(message.Notifications, static (writer, notification) => writer.Notification(notification));
    });

    /// <summary>Null: it is damaged.</summary>
    public static KeptMessage? Read(byte[] bytes, long version, string id, string channel) =>
        KeptBytes.Read(bytes, version, Version, reader =>
        {
            byte[]? content = reader.ReadBoolean() ? reader.Bytes() : null;
            return new KeptMessage(id, channel, reader.Many(static reader => reader.Notification())) { Content = content };
        });

    extension(BinaryWriter writer)
    {
        void Notification(Notification notification)
        {
            writer.Text(notification.Reactor);
            writer.Text(notification.Id);
            writer.Write(notification.DecidedAt.ToUnixTimeMilliseconds());
            writer.Text(notification.Step);
            writer.Text(notification.Kind.ToString());
            writer.Many(notification.Events, static (writer, e) => writer.Event(e));
            writer.Many(notification.Notices, static (writer, notice) => writer.Notice(notice));
            writer.Many(notification.DividedBy, static (writer, field) =>
            {
                writer.Text(field.Kind);
                writer.Text(field.Name);
            });
            writer.Many(notification.Fallback, static (writer, channel) => writer.Text(channel));
        }

        void Notice(Notice notice)
        {
            writer.Text(notice.Transition.ToString());
            writer.Incident(notice.Incident);
            writer.Text(notice.Text);
            writer.Text(notice.HeldBack);
            writer.Write(notice.TellsOpening);
            writer.Text(notice.OpeningMessage);
        }
    }

    extension(BinaryReader reader)
    {
        Notification Notification()
        {
            string reactor = reader.Text()!, id = reader.Text()!;
            NotificationNumber number = new(reader.ReadInt64(), 0, 0);
            string step = reader.Text()!;
            NotificationKind kind = Enum.Parse<NotificationKind>(reader.Text()!);
            return new Notification(reactor, reader.Many(static reader => reader.Event()), number)
            {
                Id = id,
                Step = step,
                Kind = kind,
                Notices = reader.Many(static reader => reader.Notice()),
                DividedBy = reader.Many(static reader => Field.Of(reader.Text()!, reader.Text()!)),
                Fallback = reader.Many(static reader => reader.Text()!),
            };
        }

        Notice Notice() => new(Enum.Parse<Transition>(reader.Text()!), reader.Incident())
        {
            Text = reader.Text(),
            HeldBack = reader.Text(),
            TellsOpening = reader.ReadBoolean(),
            OpeningMessage = reader.Text(),
        };
    }
}
