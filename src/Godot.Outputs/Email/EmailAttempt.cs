using Godot.Common;

namespace Godot;

/// <summary>Tries a mail server: connects, encrypts, logs in, and leaves without a mail.</summary>
static class EmailAttempt
{
    public static async Task<string> RunAsync(EmailOptions options, CancellationToken stop)
    {
        using Mailer mailer = new(options);
        try
        {
            await mailer.EnterAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new IOException($"{options} takes no mails: {PlainText.Line(e.Message)}", e);
        }
        string reached =
            $"{options} answers{(mailer.IsSecure ? " over TLS" : ", not encrypted")}{(options.User is null ? "" : ", and takes the "
                + "login")}.";
        try
        {
            await mailer.DisconnectAsync(quit: true, stop).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It was reached; how it says goodbye does not matter.
        }
        return reached;
    }
}
