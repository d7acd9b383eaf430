using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Godot;

/// <summary>
/// One mail, one connection: mails are rare, a minute apart at most, and servers close what is idle for longer. A connection that
/// was kept would be found broken just when it is needed.
/// </summary>
sealed class Mailer : SmtpClient
{
    // Of banner, answers and certificates; real ones are some kilobytes.
    const int MostSaid = 1024 * 1024;

    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    readonly EmailOptions options;
    readonly TcpClient connection = new();

    public Mailer(EmailOptions options)
    {
        this.options = options;
        // Whether a certificate was revoked is asked of its issuer over HTTP, which a server behind a firewall often cannot do. Issuer,
        // name and dates are checked all the same.
        CheckCertificateRevocation = false;
        if (options.Trust is not null) ServerCertificateValidationCallback = options.Trust;
    }

    /// <summary>The server lets us in: what it refuses from here on is the mail.</summary>
    public bool IsIn { get; private set; }

    /// <summary>Something of the mail has been sent: without an answer, the server may have it.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Connects, encrypts and logs in. A server that talks without end is cut off.</summary>
    public async Task EnterAsync(CancellationToken stop)
    {
        await connection.ConnectAsync(options.Host!, options.ActualPort, stop).ConfigureAwait(false);
        BoundedStream stream = new(connection.GetStream(), MostSaid);
        await ConnectAsync(stream, options.Host!, options.ActualPort, options.Security, stop).ConfigureAwait(false);
        if (options.User is not null) await AuthenticateAsync(options.User, options.Password ?? "", stop).ConfigureAwait(false);
        IsIn = true;
    }

    /// <param name="handedOver">Told when the server has the whole mail, and is yet to say whether it takes it.</param>
    public async Task SendOneAsync(MimeMessage message, IEnumerable<MailboxAddress> recipients, Action handedOver, CancellationToken stop)
    {
        await EnterAsync(stop).ConfigureAwait(false);
        Progress progress = new(() => HasBegun = true, handedOver);
        await SendAsync(message, message.From.Mailboxes.Single(), recipients, stop, progress).ConfigureAwait(false);
    }

    /// <summary>Says goodbye and ends. The mail was taken: nobody needs to wait for this.</summary>
    public async Task LeaveAsync(TimeProvider clock)
    {
        using (this)
        using (CancellationTokenSource late = new(Farewell, clock))
        {
            try
            {
                await DisconnectAsync(quit: true, late.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // To fail now would send the mail twice.
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) connection.Dispose();
    }

    sealed class Progress(Action begun, Action done) : ITransferProgress
    {
        public void Report(long bytesTransferred, long totalSize)
        {
            begun();
            if (bytesTransferred >= totalSize) done();
        }

        public void Report(long bytesTransferred) => begun();
    }
}
