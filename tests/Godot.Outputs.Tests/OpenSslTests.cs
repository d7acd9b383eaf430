namespace Godot.Outputs.Tests;

public sealed class OpenSslTests
{
    [Fact]
    public void Without_libssl_what_needs_it_is_refused_with_what_to_install()
    {
        string sentence = Assert.Throws<ArgumentException>(() => OpenSsl.Need("Email", here: false)).Message;
        Assert.Equal(
            "Email needs OpenSSL's libssl, which this machine does not have: install the package openssl (apt-get install openssl, dnf "
                + "install openssl, apk add openssl).", sentence);
    }

    [Fact]
    public void With_libssl_it_is_not() => OpenSsl.Need("Email");

    [Theory]
    [InlineData("libssl.so.3", true)]
    [InlineData("libssl.so.1.1", true)]
    [InlineData("libssl.so.7", false)]
    public void Any_of_the_versions_that_dotnet_uses_will_do(string there, bool found) =>
        Assert.Equal(found, OpenSsl.Find(name => name == there));
}
