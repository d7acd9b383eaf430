using System.Net;
using System.Reflection;
using Godot.Alerting;
using Godot.Common;
using Godot.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>
/// A monitoring server: inputs that take events in, and reactors that run over them, all on one engine. Say first what it listens on and
/// what it runs, then start it: alone with <see cref="RunAsync"/> or <see cref="StartAsync"/>, or in a host with
/// <c>services.AddGodot(…)</c>.
/// </summary>
/// <remarks>
/// Inputs and options are fixed once it starts; reactors may be added and removed at any time, from any thread. A server runs once.
/// </remarks>
public sealed partial class GodotServer : IHostedService, IAsyncDisposable
{
    /// <summary>Where a server program serves HTTP unless it says something else, and how it says that it does not.</summary>
    internal const string UsualHttp = "127.0.0.1:9877", NoHttp = "none";

    readonly Lock gate = new();
    readonly List<Input> inputs = [];
    readonly List<(string? Name, Recipe Recipe)> waiting = [];
    GodotServerOptions options = new();
    Port? http;
    bool httpIsUsual, httpIsSaid;
    (string? Folder, bool Said) data;
    ServerRun? run;

    /// <summary>Listens on a TCP port, for JSON lines where no other decoder is given.</summary>
    /// <param name="port">0 to 65535; 0 takes a free one, see <see cref="Inputs"/>.</param>
    /// <param name="address">
    /// The IP address to bind, which says nothing of who may send. Default: all of this machine's, IPv6 and IPv4.
    /// </param>
    /// <param name="allow">
    /// Who may send. Default: programs of this machine; others are answered with one line that says what to write, and counted.
    /// </param>
    /// <param name="decoder">Makes decoders of another format (<see cref="MessageDecoder"/>), one for each thread that reads.</param>
    /// <exception cref="ArgumentException">The port is out of range, or the address is not an IP address.</exception>
    public GodotServer Tcp(int port, string? address = null, Allow? allow = null, Func<EventDecoder>? decoder = null) =>
        Input(new TcpInput(BindAddress.Parse("tcp", port, address, allow), decoder));

    /// <summary>
    /// Listens on a UDP port, for datagrams of one or more JSON lines, the last of which needs no newline, where no other decoder is given.
    /// </summary>
    /// <remarks>
    /// The start takes 0.3 s longer, once in a process, unless it was compiled ahead of time: senders of datagrams do not wait for code
    /// that is cold.
    /// </remarks>
    /// <param name="port">0 to 65535; 0 takes a free one, see <see cref="Inputs"/>.</param>
    /// <param name="address">
    /// The IP address to bind, which says nothing of who may send. Default: the loopback addresses; if others may send, all of this
    /// machine's.
    /// </param>
    /// <param name="allow">Who may send. Default: programs of this machine. Datagrams of others are dropped and counted.</param>
    /// <param name="decoder">Makes decoders of another format (<see cref="MessageDecoder"/>), one for each thread that reads.</param>
    /// <exception cref="ArgumentException">The port is out of range, or the address is not an IP address.</exception>
    public GodotServer Udp(int port, string? address = null, Allow? allow = null, Func<EventDecoder>? decoder = null) =>
        Input(new UdpInput(BindAddress.Parse("udp", port, address, allow), decoder));

    /// <summary>
    /// Listens on a unix socket, for JSON lines where no other decoder is given. A socket file that nobody serves any more is replaced; the
    /// file is removed at stop.
    /// </summary>
    /// <param name="path">The socket file, at most 107 bytes on Linux; who may write to its folder decides who may send.</param>
    /// <param name="decoder">Makes decoders of another format (<see cref="MessageDecoder"/>), one for each thread that reads.</param>
    /// <exception cref="ArgumentException">The path is empty or too long.</exception>
    public GodotServer Unix(string path, Func<EventDecoder>? decoder = null) => Input(new UnixInput(path, decoder));

    /// <summary>Takes events from an input of your own.</summary>
    /// <param name="input">One that no other server has.</param>
    public GodotServer Input(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        lock (gate)
        {
            ThrowIfStarted();
            inputs.Add(input);
        }
        return this;
    }

    /// <summary>
    /// Serves <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>, <c>/index</c>, <c>/events</c> and <c>/api/v1/</c>. Default: a server
    /// program (<see cref="RunAsync"/>) at <c>127.0.0.1:9877</c>, unless another has that port; others nowhere. <c>--http</c> on the
    /// command line wins over this.
    /// </summary>
    /// <param name="address">
    /// A port, <c>9877</c>, or an IP address and a port, <c>127.0.0.1:9877</c>; port 0 takes a free one, see <see cref="HttpEndPoint"/>.
    /// The address says nothing of who may ask. Without one it is the loopback addresses; if others may ask, all of this machine's.
    /// <c>none</c>: nowhere.
    /// </param>
    /// <param name="allow">
    /// Who may ask. Default: programs of this machine; others are answered 403, and counted. See also
    /// <see cref="GodotServerOptions.HttpNames"/>.
    /// </param>
    /// <exception cref="ArgumentException">It is neither a port nor an IP address and a port.</exception>
    public GodotServer Http(string address, Allow? allow = null)
    {
        Port? port = address == NoHttp ? null : BindAddress.Parse("http", address, allow);
        lock (gate)
        {
            ThrowIfStarted();
            (http, httpIsSaid, httpIsUsual) = (port, true, false);
        }
        return this;
    }

    /// <summary>
    /// Where the server keeps what it knows: windows, averages, deadlines, last events. It goes on from there when it starts again, and at
    /// a stop windows keep what they hold instead of emitting it. Default: for a server program (<see cref="RunAsync"/>) where systemd says
    /// (<c>$STATE_DIRECTORY</c>), otherwise <c>./data/PROGRAM</c>; for others nowhere. <c>--data</c> on the command line wins over this.
    /// </summary>
    /// <param name="folder">A folder, which is made if it is not there, and one program at a time may have; null: nowhere.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public GodotServer Data(string? folder)
    {
        if (folder is not null) RecipeRules.NotEmpty(folder, "A data folder's name", nameof(folder));
        lock (gate)
        {
            ThrowIfStarted();
            data = (folder, true);
        }
        return this;
    }

    /// <summary>Replaces the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them cannot work.</exception>
    public GodotServer With(GodotServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (gate)
        {
            ThrowIfStarted();
            this.options = options.Checked();
        }
        return this;
    }

    /// <summary>
    /// Runs a reactor, from the start or, in a running server, from now on. Its name is derived from its first filter: <c>Where("service",
    /// "*/health/heartbeat")</c> makes <c>health-heartbeat</c>. All that share a first filter have a hash of their text in their names as
    /// well.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The server runs, and a reactor of this name does too, or an output refuses its configuration; or the recipe is an
    /// <see cref="AlertReactor"/>, which needs a name.
    /// </exception>
    public GodotServer React(Recipe recipe) => recipe is AlertReactor
        ? throw new ArgumentException(
            $"A reactor with an alert needs a name, by which its incidents are known after a restart: React(\"cpu\", {recipe}).",
            nameof(recipe))
        : Add(null, recipe);

    /// <summary>Runs a reactor, from the start or, in a running server, from now on.</summary>
    /// <param name="name">How metrics, logs and <see cref="Remove"/> call it; unique.</param>
    /// <param name="recipe">What to run.</param>
    /// <inheritdoc cref="React(Recipe)"/>
    public GodotServer React(string name, Recipe recipe)
    {
        RecipeRules.NotEmpty(name, "A reactor's name", nameof(name));
        return Add(name, recipe);
    }

    /// <summary>
    /// Stops a reactor: what its windows hold is emitted. False if there is none of this name; before the start, only given names are
    /// known.
    /// </summary>
    public bool Remove(string name)
    {
        lock (gate) return run?.Engine.Remove(name) ?? waiting.RemoveAll(w => w.Name == name) > 0;
    }

    /// <summary>The names of the reactors, in the order they were added; before the start, those that were given.</summary>
    public IReadOnlyList<string> Reactors
    {
        get
        {
            lock (gate) return run?.Engine.Reactors ?? [.. waiting.Select(w => w.Name).OfType<string>()];
        }
    }

    /// <summary>What the server takes events from, in the order it was said.</summary>
    public IReadOnlyList<InputInfo> Inputs
    {
        get
        {
            lock (gate) return [.. inputs.Select(i => new InputInfo(i.Name, i.EndPoint))];
        }
    }

    /// <summary>Where <c>/metrics</c> is served; null if nowhere.</summary>
    public IPEndPoint? HttpEndPoint
    {
        get
        {
            lock (gate) return run is null ? http?.EndPoint : run.HttpEndPoint;
        }
    }

    /// <summary>Opens outputs and inputs. When the task completes, the server listens.</summary>
    /// <remarks>If no loggers are given in the options, warnings and errors are written to the standard error output.</remarks>
    /// <exception cref="InputException">A port or socket cannot be had; nothing listens then.</exception>
    /// <exception cref="ArgumentException">Two reactors have one name, or an output refuses its configuration.</exception>
    /// <exception cref="DataFolderException">The data folder cannot be written to, or another program has it.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        ServerRun starting;
        lock (gate)
        {
            ThrowIfStarted();
            if (options.Engine.LoggerFactory == NullLoggerFactory.Instance)
            {
                TerminalLogger warnings = TerminalLogger.Warnings(options.Engine.TimeProvider);
                options = options with { Engine = options.Engine with { LoggerFactory = warnings } };
            }
            DataFolder? folder = data.Folder is { } path ? DataFolder.Open(path) : null;
            try
            {
                bool needsStore = waiting.Any(one => one.Recipe is AlertReactor || OutputSteps.Of(one.Recipe)
                    .Any(step => step.Output.IsDurable));
                starting = run = new ServerRun(options, inputs, http, folder, Program, needsStore) { MayGoWithoutHttp = httpIsUsual };
            }
            catch
            {
                folder?.Dispose();
                throw;
            }
        }
        await starting.StartAsync(waiting, Inhibit, switches, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops accepting, reads what has arrived, saves what is known if it is kept (<see cref="Data"/>), otherwise lets windows and rollups
    /// emit what they hold, and flushes outputs. Takes at most <see cref="GodotServerOptions.StopTimeout"/>; never throws for what could
    /// not be done, but logs it.
    /// </summary>
    /// <param name="cancellationToken">Gives up at once.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => run?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc cref="StopAsync"/>
    public ValueTask DisposeAsync() => run?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal GodotServerOptions Options => options;

    internal ServerRun? Run => run;

    /// <summary>The reactors of a server that has not started.</summary>
    internal IReadOnlyList<(string? Name, Recipe Recipe)> Waiting => waiting;

    /// <summary>What the program is called: <c>server</c>, of server.cs, however that is run.</summary>
    internal static string Program => Assembly.GetEntryAssembly()?.GetName().Name ?? "server";

    /// <summary>Where to serve HTTP if the program does not say; nowhere if another has that port.</summary>
    internal void HttpUnlessSaid(string address)
    {
        if (httpIsSaid) return;
        Http(address);
        httpIsUsual = true;
    }

    /// <summary>Where to keep what is known, if the program does not say.</summary>
    internal void DataUnlessSaid(string folder)
    {
        if (!data.Said) Data(folder);
    }

    /// <summary>Says for all ports who may use them, whatever they say themselves.</summary>
    internal void LetIn(Allow allow)
    {
        lock (gate)
        {
            ThrowIfStarted();
            foreach (Input input in inputs) input.LetIn(allow);
            if (http is not null) http = http with { Allow = allow };
        }
    }

    GodotServer Add(string? name, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        lock (gate)
        {
            if (run is null) waiting.Add((name, recipe));
            else run.Add(name, recipe);
        }
        return this;
    }

    void ThrowIfStarted()
    {
        if (run is not null) throw new InvalidOperationException("The server has started: inputs and options are fixed, and it runs once.");
    }
}
