using System.Net.Sockets;
using System.Text;

namespace Godot;

/// <summary>
/// A machine may lack OpenSSL, and the runtime ends the process that asks it for a hash or a random number. What needs TLS says so at the
/// start; all else works.
/// </summary>
public sealed class WithoutOpenSslTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_incident_opens_and_outlives_the_server()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only root may hide a library from a program.");
        using Child first = Run();
        await first.Says("Listening on unix:");
        using (Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Join(folder.Path, "s")), TestContext.Current.CancellationToken);
            socket.Send(Encoding.UTF8.GetBytes("""{"host":"app","service":"fire","state":"critical"}""" + "\n"));
            await first.Says("opened critical fire app");
        }
        first.Send(Signal.Terminate);
        Assert.Equal(0, await first.Exit());

        using Child second = Run();
        await second.Says("Listening on unix:");
        second.Send(Signal.Terminate);
        Assert.Equal(0, await second.Exit());
    }

    Child Run() => new(Repository.PathOf("tests", "libssl.sh"),
        ["dotnet", Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"), $"{Some.FreePort()}", Path.Join(folder.Path, "s"),
            "--http", "none"], folder.Path, "GODOT_TEST_ALERTS");
}
