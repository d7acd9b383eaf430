using Godot.Common;
using MimeKit;
using MimeKit.Utils;

namespace Godot;

/// <summary>Writes the mail that tells of notifications.</summary>
sealed class EmailText(EmailRecipe recipe, MailboxAddress sender, TimeProvider clock)
{
    // About two lines of a phone.
    const int LongestSubject = 150;
    const int TitlesInSubject = 3;

    // A mail of a large group refers to so many; what mail programs keep of longer lists differs.
    const int MostReferences = 20;

    public string To => recipe.To;

    /// <summary>Whom the server is to give the mail to; the mail itself names all of them.</summary>
    public IReadOnlyList<MailboxAddress> Recipients { get; } = recipe.Recipient is { } one ? [one] : [.. recipe.Mailboxes];

    /// <param name="id">Of the message; null: one of its own.</param>
    public MimeMessage Write(IReadOnlyList<Notification> notifications, string? id = null)
    {
        EmailDigest digest = new(notifications, recipe.Body);
        MimeMessage message = new()
        {
            Subject = Subject(digest),
            Date = clock.GetUtcNow(),
            MessageId = id is null ? MimeUtils.GenerateMessageId(sender.Domain) : IdOf(id),
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = EmailPlain.Write(digest) },
                new TextPart("html") { Text = EmailHtml.Write(digest) },
            },
        };
        message.From.Add(sender);
        message.To.AddRange(recipe.Mailboxes);
        // RFC 3834: nobody's absence note answers.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("X-Godot-Reactor", PlainText.Cut(string.Join(", ", digest.Reactors), 500));
        // No mail has this id: mail programs put all that refer to it together, also where they have not got the opening.
        if (digest.Incident is { } incident) message.References.Add(IdOf(incident));
        string[] openings = [.. notifications.SelectMany(one => one.Notices).Select(notice => notice.OpeningMessage).OfType<string>()
            .Distinct().Take(MostReferences)];
        message.References.AddRange(openings.Select(IdOf));
        if (openings.Length > 0) message.InReplyTo = IdOf(openings[^1]);
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id)
    {
        using MimeMessage message = Write(notifications, id);
        using MemoryStream bytes = new();
        message.WriteTo(bytes);
        return new OutgoingMessage(id, bytes.ToArray());
    }

    public static MimeMessage Read(OutgoingMessage message)
    {
        using MemoryStream bytes = new(message.Content, writable: false);
        return MimeMessage.Load(bytes);
    }

    string IdOf(string id) => $"{id}@{sender.Domain}";

    string Subject(EmailDigest digest)
    {
        string more = "", subject;
        if (recipe.Subject is { } template)
        {
            if (digest.Count > 1) more = $" (+{EventText.Number(digest.Count - 1)} more)";
            subject = template.Render(digest.First);
        }
        else if (digest.Count == 1 || digest.Incident is not null)
        {
            subject = digest.First.Subject;
        }
        else
        {
            subject = $"{digest.Headline}: {string.Join(", ", digest.Titles.Take(TitlesInSubject))}";
            if (digest.Titles.Count > TitlesInSubject) more = ", ...";
        }
        return PlainText.Cut(PlainText.Line(subject), LongestSubject - more.Length) + more;
    }
}
