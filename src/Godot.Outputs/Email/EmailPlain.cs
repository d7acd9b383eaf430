using System.Text;

namespace Godot;

/// <summary>The mail for who reads text: titles, and under each the fields in two columns.</summary>
static class EmailPlain
{
    const int WidestName = 20;

    public static string Write(EmailDigest digest)
    {
        StringBuilder text = new();
        if (digest.Count > 1) WriteHead(text, digest);
        foreach (EmailDigest.Entry entry in digest.Shown)
        {
            if (text.Length > 0) text.Append('\n');
            if (entry.Text is { } own) text.Append(own).Append('\n');
            else WriteEntry(text, entry);
        }
        if (digest.More is { } more) text.Append('\n').Append(more).Append(".\n");
        return text.ToString();
    }

    static void WriteHead(StringBuilder text, EmailDigest digest)
    {
        text.Append(digest.Headline).Append(":\n");
        foreach (string line in digest.Summary.Count > 0 ? digest.Summary : digest.Titles) text.Append("  ").Append(line).Append('\n');
    }

    static void WriteEntry(StringBuilder text, EmailDigest.Entry entry)
    {
        text.Append(entry.Title).Append('\n');
        if (entry.Lead is { } lead) text.Append(lead).Append('\n');
        int width = Math.Min(entry.Rows.Max(r => r.Name.Length), WidestName);
        string newLine = "\n" + new string(' ', width + 4);
        foreach ((string name, string value) in entry.Rows)
            text.Append("  ").Append(name.PadRight(width)).Append("  ").Append(value.Replace("\n", newLine, StringComparison.Ordinal))
                .Append('\n');
    }
}
