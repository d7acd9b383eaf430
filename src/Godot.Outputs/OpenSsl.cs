using System.Runtime.InteropServices;

namespace Godot;

/// <summary>
/// On Linux, .NET does TLS and all other cryptography with the system's OpenSSL; without it the runtime ends the process at the first use.
/// Whoever needs it asks before, so that the start is refused with a sentence instead.
/// </summary>
static class OpenSsl
{
    // Those that .NET looks for.
    static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    static readonly Lazy<bool> Here = new(() => !OperatingSystem.IsLinux() || Find(name => NativeLibrary.TryLoad(name, out _)));

    /// <param name="what">What needs it, as a sentence's subject.</param>
    /// <exception cref="ArgumentException">It is not here.</exception>
    public static void Need(string what) => Need(what, Here.Value);

    internal static void Need(string what, bool here)
    {
        if (here) return;
        throw new ArgumentException(
            $"{what} needs OpenSSL's libssl, which this machine does not have: install the package openssl (apt-get install openssl, dnf "
                + $"install openssl, apk add openssl).");
    }

    internal static bool Find(Func<string, bool> load) =>
        Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE") is { Length: > 0 } version && load($"libssl.so.{version}")
        || Array.Exists(Names, name => load(name));
}
