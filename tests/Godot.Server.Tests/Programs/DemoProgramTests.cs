using System.Text.RegularExpressions;
using MimeKit;

namespace Godot;

/// <summary>examples/demo.cs: what the README asks everybody to try first.</summary>
[Collection(nameof(Examples))]
public sealed partial class DemoProgramTests(Examples examples) : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_ends_by_itself_with_a_mail_about_the_silence()
    {
        using Child demo = await examples.Start("demo", folder.Path);

        Assert.Equal(0, await demo.Exit(TimeSpan.FromSeconds(20)));

        Assert.Contains("There is no mail server", Assert.Single(demo.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        var said = Mail().Match(demo.Output);
        Assert.True(said.Success, demo.Output);
        using MimeMessage mail =
            await MimeMessage.LoadAsync(Path.Join(folder.Path, said.Groups["file"].Value), TestContext.Current.CancellationToken);
        Assert.Equal(said.Groups["subject"].Value, mail.Subject);
        Assert.Equal("[expired] app.server/health/heartbeat on app.server.com", mail.Subject);
        Assert.Equal("user@host.com", mail.To.ToString());
    }

    [GeneratedRegex(@"^mail for user@host\.com: (?<file>\S+\.eml) - (?<subject>.*)$", RegexOptions.Multiline)]
    private static partial Regex Mail();
}
