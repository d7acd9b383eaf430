using System.Reflection;

namespace Godot;

/// <summary>Which project may know which, by the references of what was built.</summary>
public class ProjectsTests
{
    const string Core = "Godot.Monitoring", Client = "Godot.Monitoring.Client", Inputs = "Godot.Monitoring.Inputs",
        Outputs = "Godot.Monitoring.Outputs", Storage = "Godot.Monitoring.Storage",
        Server = "Godot.Monitoring.Server", Testing = "Godot.Monitoring.Testing", Cli = "godot";

    [Theory]
    [InlineData(Core)]
    [InlineData(Client, Core)]
    [InlineData(Inputs, Core)]
    [InlineData(Outputs, Core, Client)]
    [InlineData(Storage, Core)]
    [InlineData(Server, Core, Client, Inputs, Outputs, Storage)]
    [InlineData(Testing, Core)]
    [InlineData(Cli, Core, Client, Inputs, Outputs, Storage, Server, Testing)]
    public void A_project_knows_only_the_projects_below_it(string room, params string[] mayKnow)
    {
        string[] rooms = [Core, Client, Inputs, Outputs, Storage, Server, Testing, Cli];

        Assert.Empty(References(room).Where(rooms.Contains).Except(mayKnow));
    }

    [Theory]
    [InlineData(Core)]
    [InlineData(Client)]
    public void What_an_application_embeds_needs_nothing_but_the_runtime_and_ILogger(string room)
    {
        Assert.DoesNotContain(References(room), name =>
            !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("Microsoft.Extensions.Logging.Abstractions" or Core));
    }

    [Fact]
    public void Everything_public_is_in_one_namespace() =>
        Assert.All(
            new[] { Core, Client, Inputs, Outputs, Storage, Server, Testing }.SelectMany(room => Assembly.Load(room).GetExportedTypes()),
            type => Assert.Equal("Godot", type.Namespace));

    static IEnumerable<string> References(string room) => Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!);
}
