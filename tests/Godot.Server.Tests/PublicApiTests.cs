using System.Reflection;
using PublicApiGenerator;

namespace Godot;

/// <summary>What users can type, as text files, so that every change of it shows in a review.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData("Godot.Monitoring")]
    [InlineData("Godot.Monitoring.Client")]
    [InlineData("Godot.Monitoring.Inputs")]
    [InlineData("Godot.Monitoring.Outputs")]
    [InlineData("Godot.Monitoring.Server")]
    [InlineData("Godot.Monitoring.Storage")]
    [InlineData("Godot.Monitoring.Testing")]
    public async Task The_public_API_is_the_approved_one(string assembly)
    {
        ApiGeneratorOptions typesOnly = new() { IncludeAssemblyAttributes = false };
        string api = Assembly.Load(assembly).GeneratePublicApi(typesOnly).ReplaceLineEndings("\n").TrimEnd() + "\n";
        string file = Repository.PathOf("tests", "Godot.Server.Tests", "PublicApi", $"{assembly}.txt");
        if (Environment.GetEnvironmentVariable("GODOT_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, api, TestContext.Current.CancellationToken);
        }

        string approved = File.Exists(file) ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) : "";

        if (approved != api)
            Assert.Fail($"""
                The public API of {assembly} is not the approved one:{Difference(approved, api)}
                If that is meant, run the tests once with GODOT_APPROVE=1 and commit tests/Godot.Server.Tests/PublicApi/{assembly}.txt.
                """);
    }

    static string Difference(string approved, string api)
    {
        string[] before = approved.Split('\n'), now = api.Split('\n');
        return string.Concat(before.Except(now).Select(line => $"\n- {line.Trim()}")
            .Concat(now.Except(before).Select(line => $"\n+ {line.Trim()}")).Take(40));
    }
}
