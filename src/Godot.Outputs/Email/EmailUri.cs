namespace Godot;

/// <summary>The address of a mail server. Its errors never repeat it: there is a password in it.</summary>
static class EmailUri
{
    const string Example = "smtp://user:password@mail.example.com:587?from=godot@example.com";

    /// <param name="where">What the sentence calls the address: the name of the variable that holds it.</param>
    public static EmailOptions Read(string text, string where)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? uri))
            throw Wrong(where, "it must begin with smtp:// or smtps://, name a host, and a port, if any, of 1 to 65535");
        if (uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
            throw Wrong(where, "it must begin with smtp:// or smtps:// and name a host");
        if (uri.AbsolutePath is not ("" or "/") || uri.Fragment.Length > 0)
            throw Wrong(where, "nothing but ?from= and ?tls= can follow the host");

        string[] login = uri.UserInfo.Split(':', 2);
        EmailOptions options = new()
        {
            Host = uri.DnsSafeHost,
            Port = uri.Port > 0 ? uri.Port : null,
            User = login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            Password = login.Length == 2 ? Uri.UnescapeDataString(login[1]) : null,
            Tls = uri.Scheme == "smtps" ? EmailTls.Tls : EmailTls.Auto,
        };
        foreach (string setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            options = Set(options, setting, where);
        return options;
    }

    static EmailOptions Set(EmailOptions options, string setting, string where) => setting.Split('=', 2) switch
    {
        ["from", string address] => options with { From = Uri.UnescapeDataString(address) },
        ["tls", string tls] => options with { Tls = ReadTls(tls) ?? throw Wrong(where, "tls can be auto, none, starttls or tls") },
        _ => throw Wrong(where, "nothing but ?from= and ?tls= can follow the host"),
    };

    public static EmailTls? ReadTls(string text) =>
        Enum.GetNames<EmailTls>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<EmailTls>(text, ignoreCase: true) : null;

    static ArgumentException Wrong(string where, string what) =>
        new($"{where} is not an address of a mail server: {what}. Write it like {Example}, with what is special in user or password "
            + "(: / ? # @ %) percent-encoded.");
}
