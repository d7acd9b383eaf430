using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Godot;

/// <summary>Who may know whom inside a project: arrows point to a lower floor, so that there is no circle.</summary>
public class RoomsTests
{
    static readonly House Core = new(
        "Godot",
        ["Memory Common", "Events", "Statistics Stages", "Recipes", "Query", "Reactors", "Alerts", "Runtime"],
        RoomsOf(
            ("Events", "Event EventBuilder EventDecoder EventView MessageDecoder MetaKind MetaValue StateReader StateWriter"),
            ("Stages", "Stage BatchStage Deadline"),
            ("Recipes", "Recipe Scope Reactor BatchReactor Field Fields Matcher Branch OutputRecipe IOutput OutputContext Notification "
            + "NotificationKind PartlySentException UndeliverableException RetryLaterException IOutputs AlertReactor "
            + "Incident Acknowledgement AlertLabels Transition Notice IMessageOutput OutgoingMessage NotTakenException"),
            ("Query", "Query QueryFormatException"),
            ("Reactors", "Sequence AsyncOptions"),
            ("Alerts", "Policy Window Silence LedgerLine LedgerQuery ChannelTest NoData IncidentExplanation NextMoment OutboxMessage"),
            ("Runtime", "CarriedState ChannelInfo Engine EngineOptions SearchResult Explanation ReactorExplanation StepExplanation")));

    static readonly House Server = new(
        "Godot.Server",
        ["Options", "Survival Pulse", "Http", "Hosting", "Check Graph Replay", "CommandLine"],
        RoomsOf(
            ("Options", "GodotServerOptions"),
            ("Hosting", "GodotServer GodotServerStarts GodotHosting InputInfo")));

    static readonly House Inputs = new(
        "Godot.Inputs",
        ["Ports", "Shared", "Tcp Udp Unix"],
        RoomsOf(("Ports", "Allow InputException"), ("Shared", "Input EventFeed")));

    static readonly House Storage = new("Godot.Storage", ["Store", "Folder", "Snapshots"], RoomsOf());

    static readonly House[] Houses = [Core, Inputs, Storage, Server];

    static readonly Dictionary<string, string> Namespaces = new()
    {
        ["Query"] = "Godot.Queries",
        ["Reactors"] = "Godot",
        ["Alerts"] = "Godot.Alerting",
    };

    public static TheoryData<string> Projects => [.. Houses.Select(house => house.Project)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_room_knows_only_rooms_on_lower_floors(string project)
    {
        House house = HouseOf(project);

        Assert.Empty(Upward(house, house.Arrows));
    }

    [Fact]
    public void A_file_in_the_wrong_room_is_named()
    {
        const string Wrong = """
            namespace Godot.Memory;

            sealed class Wrong
            {
                public Engine? Above { get; set; }
            }
            """;

        House.Arrow wrong = Assert.Single(Upward(Core, Core.ArrowsOf("Memory/Wrong.cs", Wrong)));

        Assert.Equal("Memory -> Runtime: Memory/Wrong.cs uses Engine", wrong.ToString());
    }

    [Fact]
    public void A_partial_type_stands_in_several_rooms_member_by_member()
    {
        const string Verb = """
            namespace Godot;

            public sealed partial class Reactor
            {
                public Reactor Mine() => Over(1);
            }
            """;

        House.Arrow[] wrong = [.. Upward(Core, Core.ArrowsOf("Recipes/Mine.cs", Verb))];

        Assert.Equal("Recipes -> Reactors: Recipes/Mine.cs uses Reactor.Over", Assert.Single(wrong).ToString());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_root_holds_what_users_type_and_nothing_else(string project)
    {
        House house = HouseOf(project);
        List<string> found = [];
        foreach (SyntaxTree file in house.Files.Where(file => !file.FilePath.Contains('/', StringComparison.Ordinal)))
        {
            foreach (MemberDeclarationSyntax type in House.TypesOf(file))
            {
                Assert.True(IsPublic(type),
                    $"{file.FilePath}: {House.NameOf(type)} is not public, so no user types it: move it into a room.");
                found.Add(House.NameOf(type));
            }
        }

        Assert.Equal(house.Root.Keys.Order(StringComparer.Ordinal), found.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_internal_stands_in_the_namespace_of_its_room()
    {
        foreach (SyntaxTree file in Core.Files.Where(file => file.FilePath.Contains('/', StringComparison.Ordinal)))
        {
            string room = file.FilePath[..file.FilePath.IndexOf('/', StringComparison.Ordinal)];
            string expected = House.TypesOf(file).Any(type => IsPublic(type)) ? "Godot"
                : Namespaces.GetValueOrDefault(room, $"Godot.{room}");
            string? found = file.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
                .FirstOrDefault()?.Name.ToString();

            Assert.True(found == expected, $"{file.FilePath} is in the namespace {found}; its room's is {expected}.");
        }
    }

    [Fact]
    public async Task The_page_shows_the_arrows()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string path = Repository.PathOf("docs", "architecture.md");
        string page = await File.ReadAllTextAsync(path, stop);
        foreach (House house in Houses)
        {
            string begin = $"<!-- rooms of {house.Project} -->\n", end = "<!-- end -->";
            int from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length, to = page.IndexOf(end, from, StringComparison.Ordinal);
            page = page[..from] + Drawn(house) + page[to..];
        }
        if (Environment.GetEnvironmentVariable("GODOT_APPROVE") == "1") await File.WriteAllTextAsync(path, page, stop);

        Assert.Equal(page, await File.ReadAllTextAsync(path, stop));
    }

    static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    static House HouseOf(string project) => Houses.Single(house => house.Project == project);

    static IEnumerable<House.Arrow> Upward(House house, IEnumerable<House.Arrow> arrows) =>
        arrows.Where(arrow => house.FloorOf(arrow.From) is not { } from || house.FloorOf(arrow.To) is not { } to || to >= from);

    // What an arrow's room can also reach on another way is left out: there would be one between nearly any two.
    static string Drawn(House house)
    {
        HashSet<(string From, string To)> arrows = [.. house.Arrows.Select(arrow => (arrow.From, arrow.To))];
        IEnumerable<(string From, string To)> drawn =
            arrows.Where(arrow => !arrows.Any(first => first.From == arrow.From && first.To != arrow.To && Leads(first.To, arrow.To)));
        return $"```mermaid\nflowchart "
            + "TD\n"
            + $"{string.Concat(drawn.OrderBy(arrow => (-house.FloorOf(arrow.From), arrow.From, arrow.To))
                .Select(arrow => $"    {arrow.From} --> {arrow.To}\n"))}```\n";

        bool Leads(string from, string to) => arrows.Any(arrow => arrow.From == from && (arrow.To == to || Leads(arrow.To, to)));
    }

    static Dictionary<string, string> RoomsOf(params ReadOnlySpan<(string Room, string Types)> rooms)
    {
        Dictionary<string, string> all = [];
        foreach ((string room, string types) in rooms)
            foreach (string type in types.Split(' ')) all.Add(type, room);
        return all;
    }
}
