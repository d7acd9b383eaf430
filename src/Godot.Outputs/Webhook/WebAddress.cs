using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// An address that is asked over HTTP. There may be secrets in it: user and password, the query, with some services the path too. What is
/// shown never holds the first two.
/// </summary>
sealed record WebAddress
{
    readonly string userInfo;

    /// <param name="text">The address.</param>
    /// <param name="verb">Whose it is, for the sentence that refuses it.</param>
    /// <param name="parameter">The parameter that it came as.</param>
    /// <exception cref="ArgumentException">It is not such an address; the message does not repeat it.</exception>
    public WebAddress(string text, string verb, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http"))
            throw new ArgumentException($"{verb} needs an address that begins with https:// or http:// and names a host, such as "
                + "https://hooks.host.com/godot.", parameter);
        userInfo = address.UserInfo;
        Origin = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        Shown = Origin + (address.AbsolutePath == "/" ? "" : address.AbsolutePath);
        RecipeRules.Refuse(Placeholders.Refusal(Uri.UnescapeDataString(Shown), verb), parameter);
        // What stands in a query is not repeated.
        if (Placeholders.Refusal(Uri.UnescapeDataString(address.Query), verb) is not null)
            RecipeRules.Refuse(Placeholders.Refusal($"{Shown}?{{...}}", verb), parameter);
        Target = new UriBuilder(address) { UserName = "", Password = "", Fragment = "" }.Uri;
    }

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; }

    /// <summary>The same with the path.</summary>
    public string Shown { get; }

    /// <summary>All of it but user and password.</summary>
    public Uri Target { get; }

    /// <summary>User and password as a header says them; null if there are none.</summary>
    public AuthenticationHeaderValue? Login => userInfo.Length == 0 ? null
        : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo))));

    public bool IsEncrypted => Target.Scheme == Uri.UriSchemeHttps;

    public override string ToString() => Shown;
}
