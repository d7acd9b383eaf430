using System.Net;
using System.Text;

namespace Godot;

/// <summary>
/// The mail for who reads HTML, on a phone at three in the morning: one column, big titles with a bar in the colour of the state, no
/// colours of its own for paper and ink, so that dark stays dark. Styles stand in the elements, because some mail programs drop all others.
/// </summary>
static class EmailHtml
{
    const string Grey = "#7a7a7a";

    public static string Write(EmailDigest digest)
    {
        StringBuilder html = new("""
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            </head>
            <body style="font:16px/1.4 -apple-system,'Segoe UI',Roboto,sans-serif;margin:0;padding:12px">

            """);
        if (digest.Count > 1) WriteHead(html, digest);
        foreach (EmailDigest.Entry entry in digest.Shown) WriteEntry(html, entry);
        if (digest.More is { } more) html.Append($"<p>{more}.</p>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    static void WriteHead(StringBuilder html, EmailDigest digest)
    {
        html.Append($"<p><b>{digest.Headline}</b>");
        foreach (string line in digest.Summary) html.Append($"<br>\n{Escape(line)}");
        html.Append("</p>\n");
    }

    static void WriteEntry(StringBuilder html, EmailDigest.Entry entry)
    {
        html.Append($"<div style=\"border-left:5px solid {Colour(entry.Item.State)};padding-left:10px;margin:0 0 "
            + $"24px;overflow-wrap:anywhere\">\n");
        if (entry.Text is { } own)
        {
            html.Append($"{Escape(own)}\n</div>\n");
            return;
        }
        html.Append($"<div style=\"font-size:18px;font-weight:bold\">{Escape(entry.Title)}</div>\n");
        if (entry.Lead is { } lead) html.Append($"<div>{Escape(lead)}</div>\n");
        html.Append("<table cellpadding=\"2\" cellspacing=\"0\">\n");
        foreach ((string name, string value) in entry.Rows)
        {
            string shown = Escape(value), cell = value == entry.Item.Link ? $"<a href=\"{shown}\">{shown}</a>" : shown;
            html.Append($"<tr valign=\"top\"><td style=\"color:{Grey}\">{Escape(name)}</td><td>{cell}</td></tr>\n");
        }
        html.Append("</table>\n</div>\n");
    }

    static string Escape(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>\n", StringComparison.Ordinal);

    // Anybody's words for states; what we don't know is grey.
    static string Colour(string? state) => state?.ToUpperInvariant() switch
    {
        "OK" or "UP" or "ALIVE" or "NORMAL" or "RECOVERED" or "RESOLVED" => "#2e9d43",
        "WARN" or "WARNING" or "DEGRADED" => "#f0a000",
        "CRITICAL" or "EXPIRED" or "ERROR" or "DOWN" or "FAILED" or "FATAL" or "ALERT" => "#d93025",
        _ => Grey,
    };
}
