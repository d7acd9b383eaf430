using System.Globalization;
using Godot.Common;
using Microsoft.Extensions.Configuration;

namespace Godot;

/// <summary>The configuration's section <c>Godot:Smtp</c>, read by hand: a binder would need reflection.</summary>
static class EmailConfiguration
{
    const string Section = "Godot:Smtp";

    /// <returns>Null if the section says nothing.</returns>
    public static EmailOptions? Read(IConfiguration configuration)
    {
        if (configuration[Section] is { Length: > 0 } uri) return EmailUri.Read(uri, Section);
        IConfigurationSection section = configuration.GetSection(Section);
        if (!section.GetChildren().Any()) return null;
        EmailOptions defaults = new();
        return new EmailOptions
        {
            Host = section["Host"],
            Port = Parse(section, "Port", ReadNumber, "a number"),
            User = section["User"],
            Password = section["Password"],
            From = section["From"],
            Folder = section["Folder"] ?? defaults.Folder,
            Tls = Parse(section, "Tls", EmailUri.ReadTls, "Auto, None, StartTls or Tls") ?? defaults.Tls,
            Timeout = Parse(section, "Timeout", ReadTime, "a time such as 00:00:30") ?? defaults.Timeout,
        };
    }

    static int? ReadNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    static TimeSpan? ReadTime(string text) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;

    static T? Parse<T>(IConfigurationSection section, string key, Func<string, T?> parse, string what) where T : struct =>
        section[key] is not { Length: > 0 } text
            ? null
            : parse(text) ?? throw new ArgumentException($"{Section}:{key} must be {what}, not \"{PlainText.Line(text)}\".");
}
