using Godot.Common;

namespace Godot;

/// <summary>Tells whoever started a client program whether it is connected: when that changes, not at each attempt.</summary>
sealed class ConnectionTalk(string server, TextWriter output, TextWriter error)
{
    bool? connected;

    public void Say(object? sender, ConnectionChange change)
    {
        if (change.State == ConnectionState.Connected && connected != true)
        {
            connected = true;
            output.WriteLine($"Connected to {server}.");
        }
        else if (change.State == ConnectionState.Disconnected && connected != false)
        {
            connected = false;
            error.WriteLine(
                $"Not connected to {server}: "
                + $"{PlainText.Printable((change.Exception?.Message ?? StreamConnection.Closed).TrimEnd('.'))}. Trying again.");
        }
    }
}
