using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>
/// examples/extensions: an input, an output, a verb and a batch verb of a user's own, outside of the repository and with our packages
/// alone.
/// </summary>
[Collection(nameof(Examples))]
public sealed class ExtensionsTests(ExtensionsTests.Built built) : IClassFixture<ExtensionsTests.Built>, IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Verb")]
    [InlineData("BatchVerb")]
    public async Task A_verb_does_what_it_should(string project)
    {
        using Child program = new("dotnet", [built.PathOf(project)], folder.Path);

        Assert.Equal(0, await program.Exit());
        Assert.Equal("The verb does what it should.\n", program.Output);
    }

    [Fact]
    public async Task An_input_reads_a_file_and_the_server_goes_on()
    {
        string file = Path.Join(folder.Path, "events.json");
        await File.WriteAllTextAsync(file, """{"service":"cpu","metric":90}""" + "\n" + """{"service":"cpu","metric":91}""",
            TestContext.Current.CancellationToken);
        using Child program = new("dotnet", [built.PathOf("Input")], folder.Path);

        await program.Says("cpu - 91");
        program.Send(Signal.Terminate);

        Assert.Equal(0, await program.Exit());
        Assert.Contains("Taking events from file:events.json", program.Output, StringComparison.Ordinal);
        Assert.Contains("Stopped: 2 events received, 0 rejected, 0 dropped", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_has_no_file_says_so_and_the_server_does_not_start()
    {
        using Child program = new("dotnet", [built.PathOf("Input")], folder.Path);

        Assert.Equal(1, await program.Exit());
        Assert.Equal("There is no file events.json to read events from; create it, or name another.\n", program.Error);
    }

    [Fact]
    public async Task An_output_writes_what_several_reactors_hand_to_it()
    {
        string[] words = [built.PathOf("Output"), "--data", "none"];
        using Serving server = await Serving.Start("dotnet", words, folder.Path, $"tcp:{Examples.Port}");
        using (Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Connect(IPAddress.Loopback, Examples.Port);
            socket.Send("""{"service":"cpu","metric":90}""" + "\n" + """{"service":"cpu","metric":91}""" + "\n");
        }

        await server.Reaches("godot_outputs_sent_total{output=\"logbook\"}", 2);
        await server.Stop();

        string[] lines = await File.ReadAllLinesAsync(Path.Join(folder.Path, "alerts.log"), TestContext.Current.CancellationToken);
        Assert.Equal(["busy: cpu is 90", "busy: cpu is 91", "busy-minutes: cpu is 90, cpu is 91"], lines.Select(line => line[33..]));
    }

    /// <summary>The projects, built once, in a folder of their own: our packages are all that they have of us.</summary>
    public sealed class Built : IAsyncLifetime
    {
        static readonly string[] Packages =
            ["Godot", "Godot.Client", "Godot.Inputs", "Godot.Outputs", "Godot.Storage", "Godot.Server", "Godot.Testing"];

        readonly TemporaryFolder folder = new();

        public string PathOf(string project) => Path.Join(folder.Path, project, "bin", "Release", "net10.0", $"{project}.dll");

        public async ValueTask InitializeAsync()
        {
            string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
            Copy(Repository.PathOf("examples", "extensions"), folder.Path);
            string all = Path.Join(folder.Path, "Packages.slnx");
            IEnumerable<string> projects = Packages.Select(name => Repository.PathOf("src", name, $"{name}.csproj"));
            await File.WriteAllTextAsync(all,
                $"<Solution>{string.Concat(projects.Select(path => $"<Project Path=\"{path}\" />"))}</Solution>");

            await Examples.Dotnet("pack", all, "--no-build", "-c", configuration, "-o", Path.Join(folder.Path, "packages"), "--nologo");
            // What our packages need was restored for us; nothing is fetched.
            string known = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            await Examples.Dotnet("build", Path.Join(folder.Path, "Extensions.slnx"), "-c", "Release", "--nologo", "-warnaserror",
                $"-p:RestoreFallbackFolders={known}", "-p:NuGetAudit=false");
        }

        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }

        static void Copy(string from, string to)
        {
            foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                string relative = Path.GetRelativePath(from, file);
                if (relative.Split('/').Any(part => part is "bin" or "obj" or "packages")) continue;
                string target = Path.Join(to, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
    }
}
