using System.Security.Cryptography;
using FsCheck.Xunit;
using Godot.Common;

namespace Godot.Tests;

public class DigestTests
{
    [Fact]
    public void Other_texts_have_other_digests()
    {
        string[] texts = ["", "a", "\uFFFD", "\uD800", "\uD801", "\uDC00", "\U0001F600", "a\uD800", "\uD800a"];

        Assert.Equal(texts.Length, texts.Select(Digest.Of).Distinct().Count());
    }

    [Property]
    public void It_is_made_of_the_SHA_256_that_everybody_has(byte[] bytes, int more)
    {
        byte[] longer = [.. bytes, .. new byte[Math.Abs(more % 200)]];

        Assert.Equal(SHA256.HashData(longer), Sha256.Of(longer));
    }

    [Fact]
    public void It_is_half_of_the_sha_256_of_the_text_in_utf_8() =>
        Assert.Equal("68c77e155132565e1cbbace574552fed", Digest.Of("北京"));
}
