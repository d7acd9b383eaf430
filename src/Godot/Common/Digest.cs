using System.Security.Cryptography;
using System.Text;

namespace Godot.Common;

/// <summary>A short name for a text, for ids that are the same in every run: half of its SHA-256.</summary>
static class Digest
{
    /// <summary>32 hexadecimal digits, lower case.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
