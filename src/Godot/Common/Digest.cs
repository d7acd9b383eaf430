using System.Runtime.InteropServices;
using System.Text;

namespace Godot.Common;

/// <summary>A short name for a text, for ids that are the same in every run: half of its SHA-256.</summary>
static class Digest
{
    /// <summary>32 hexadecimal digits, lower case.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(Sha256.Of(BytesOf(text)).AsSpan(0, 16));

    // A name may hold half a surrogate, which UTF-8 has nothing for: to it they are all the same.
    static byte[] BytesOf(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(bytes) == text ? bytes : [.. MemoryMarshal.AsBytes(text.AsSpan())];
    }
}
