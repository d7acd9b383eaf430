using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Godot;

/// <summary>
/// What webhooks are signed with, as Standard Webhooks says
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). While a secret is replaced there are two.
/// </summary>
sealed class WebhookSecrets
{
    const string Prefix = "whsec_";

    // A secret that can be guessed signs nothing.
    const int Shortest = 16, Longest = 1024;

    readonly byte[][] keys;

    /// <exception cref="ArgumentException">One is not a secret; the message does not repeat it.</exception>
    public WebhookSecrets(IEnumerable<string> secrets) => keys = [.. secrets.Select(KeyOf)];

    public bool Any => keys.Length > 0;

    /// <summary>The value of <c>webhook-signature</c>: a signature by each secret.</summary>
    public string Sign(string id, DateTimeOffset time, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes($"{id}.{Seconds(time)}.");
        byte[] signed = [.. head, .. body];
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }

    /// <summary>The value of <c>webhook-timestamp</c>.</summary>
    public static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    static byte[] KeyOf(string secret)
    {
        byte[] key = new byte[Longest];
        return secret is not null && secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], key, out int length) && length >= Shortest
            ? key[..length]
            : throw new ArgumentException($"A webhook's secret is {Prefix} and the base64 of {Shortest} bytes or more; "
                + $"echo {Prefix}$(openssl rand -base64 32) makes one.");
    }
}
