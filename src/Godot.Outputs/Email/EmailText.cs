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

    public string To => recipe.To;

    /// <summary>Whom the server is to give the mail to; the mail itself names all of them.</summary>
    public IReadOnlyList<MailboxAddress> Recipients { get; } = recipe.Recipient is { } one ? [one] : [.. recipe.Mailboxes];

    public MimeMessage Write(IReadOnlyList<Notification> notifications)
    {
        EmailDigest digest = new(notifications, recipe.Body);
        MimeMessage message = new()
        {
            Subject = Subject(digest),
            Date = clock.GetUtcNow(),
            MessageId = MimeUtils.GenerateMessageId(sender.Domain),
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
        // No mail has this id: mail programs put all that refer to it together.
        if (digest.Incident is { } incident) message.References.Add($"{incident}@{sender.Domain}");
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

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
