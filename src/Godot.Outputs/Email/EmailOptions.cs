using System.Net;
using System.Net.Security;
using Godot.Common;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace Godot;

/// <summary>Whether and how the connection to the mail server is encrypted. A certificate that is not valid is never accepted.</summary>
public enum EmailTls
{
    /// <summary>
    /// From the first byte on port 465; otherwise by STARTTLS, obligatory if a user is given or the port is 587, and where the server
    /// offers it if not, or if it is on this machine.
    /// </summary>
    Auto,

    /// <summary>Not encrypted; a password can be read on its way.</summary>
    None,

    /// <summary>The connection is encrypted by STARTTLS before anything is sent.</summary>
    StartTls,

    /// <summary>The connection is encrypted from its first byte.</summary>
    Tls,
}

/// <summary>
/// How mails are sent. They come from the host's services; if there are none, from the environment variable <c>GODOT_SMTP</c> (see
/// <see cref="FromUri"/>); if it is not set, from the configuration's section <c>Godot:Smtp</c>, which is such an address or has keys
/// named like these properties.
/// </summary>
public sealed record EmailOptions
{
    internal const string Variable = "GODOT_SMTP";

    /// <summary>The mail server. Default: none, and mails are written to <see cref="Folder"/> alone.</summary>
    public string? Host { get; init; }

    /// <summary>
    /// Its port, 1 to 65535. Default: 465 for <see cref="EmailTls.Tls"/>, 587 if there is a user (RFC 6409), 25 otherwise.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>Whom to log in as. Default: nobody, and no password is sent.</summary>
    public string? User { get; init; }

    /// <summary>
    /// The user's password. It is sent unencrypted to this machine at most, or if <see cref="Tls"/> is <see cref="EmailTls.None"/>.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>Whether the connection is encrypted. Default: <see cref="EmailTls.Auto"/>.</summary>
    public EmailTls Tls { get; init; }

    /// <summary>The sender's address. Default: the user if that is an address, otherwise <c>godot</c> at this machine's name.</summary>
    public string? From { get; init; }

    /// <summary>
    /// How long it may take until a server has a mail. Default: 30 seconds. It then has ten minutes to say whether it takes it (RFC 5321):
    /// who goes away sooner sends it twice.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Where mails are saved that cannot be sent. Default: <c>mail</c>, in the directory that the program was started in.
    /// </summary>
    public string Folder { get; init; } = "mail";

    /// <summary>What a test trusts; null: what the system trusts.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <summary>
    /// Reads an address such as <c>smtp://user:password@mail.example.com:587?from=godot@example.com</c>; <c>smtps://</c> is encrypted from
    /// the first byte. What is special in user or password is percent-encoded. <c>?tls=</c> takes the names of <see cref="EmailTls"/>.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// It is not such an address; the message says what to change, and never holds the password.
    /// </exception>
    public static EmailOptions FromUri(string uri) => EmailUri.Read(uri, "The address of the mail server");

    /// <summary>Server, port and user; never the password.</summary>
    public override string ToString() =>
        Host is null ? $"mails are saved in {Folder}" : $"{(User is null ? "" : $"{User}@")}{Host}:{ActualPort}";

    internal static EmailOptions Find(IServiceProvider? services, string? environment)
    {
        EmailOptions found = services?.GetService(typeof(EmailOptions)) as EmailOptions
            ?? (string.IsNullOrWhiteSpace(environment) ? null : EmailUri.Read(environment, Variable))
            ?? (services?.GetService(typeof(IConfiguration)) is IConfiguration configuration ? EmailConfiguration.Read(configuration)
                : null)
            ?? new();
        return found.Checked();
    }

    internal int ActualPort => Port ?? (Tls == EmailTls.Tls ? 465 : User is null ? 25 : 587);

    internal SecureSocketOptions Security => Tls switch
    {
        EmailTls.None => SecureSocketOptions.None,
        EmailTls.StartTls => SecureSocketOptions.StartTls,
        EmailTls.Tls => SecureSocketOptions.SslOnConnect,
        _ when ActualPort == 465 => SecureSocketOptions.SslOnConnect,
        _ when IsThisMachine => SecureSocketOptions.StartTlsWhenAvailable,
        _ when User is not null || ActualPort == 587 => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    internal MailboxAddress Sender
    {
        get
        {
            string address = From ?? (User?.Contains('@') == true ? User : $"godot@{Environment.MachineName}");
            return MailboxAddress.TryParse(address, out MailboxAddress? sender) && sender.Domain.Length > 0
                ? new MailboxAddress(string.IsNullOrEmpty(sender.Name) ? "Godot" : sender.Name, sender.Address)
                : throw new ArgumentException(
                    $"\"{PlainText.Line(address)}\" is not an address to send mails from; set one, such as godot@example.com.");
        }
    }

    bool IsThisMachine => Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    EmailOptions Checked()
    {
        if (Port is < 1 or > 65535) throw new ArgumentException($"A mail server's port is 1 to 65535, not {Port}.");
        if (Timeout <= TimeSpan.Zero)
            throw new ArgumentException($"The time that sending a mail may take must be positive, not {Timeout}.");
        if (Password is not null && User is null) throw new ArgumentException("There is a password for the mail server, but no user.");
        _ = Sender;
        return this;
    }
}
