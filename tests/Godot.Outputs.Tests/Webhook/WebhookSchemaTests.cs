using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Godot.Outputs.Tests;

/// <summary>What is posted is what docs/webhook.schema.json says, and stays as it is: receivers are programs.</summary>
public sealed class WebhookSchemaTests
{
    static readonly JsonSchema Schema = JsonSchema.FromFile(Repository.PathOf("docs", "webhook.schema.json"));

    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
    };

    static readonly Event Hot = new()
    {
        Host = "app", Service = "cpu", State = "critical", Metric = 97.5, Time = Some.Time, Description = "zu heiß + \"laut\"",
        Tags = ["prod"], Meta = new Dictionary<string, MetaValue> { ["rack"] = 7 }, Ttl = TimeSpan.FromSeconds(60),
    };

    public static TheoryData<string> Cases => [.. Notifications.Keys];

    static Dictionary<string, Notification[]> Notifications => new()
    {
        ["opened"] = [Some.Alert(Some.Opened)],
        ["resolved"] = [Some.Alert(Some.Resolved)],
        ["group"] = [Some.Alert(
            new(Transition.Worse, Some.Incident with
            {
                Severity = "critical", OpenedAs = "warning", Lasted = TimeSpan.FromSeconds(90.5), IsRecovering = true,
                Acknowledged = new("ann", "looking at it", Some.Time.AddHours(1)),
            }) { Text = "cpu is hot", HeldBack = "silenced by ann" },
            new(Transition.Escalated, Some.Incident with { IsFlapping = true, Key = [], Labels = AlertLabels.None }),
            new(Transition.Reminded, Some.Incident with { Acknowledged = new("bob") }))],
        ["event"] = [new("cpu", [Hot]) { Step = "webhook" }],
        ["gathered"] = [new("cpu", [Hot, Hot with { Metric = null }]) { Kind = NotificationKind.Batch }, new("disk", [new Event()])],
        ["test"] = [new("godot/test", [Hot]) { Kind = NotificationKind.Test }],
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_body_is_as_it_was_and_as_the_schema_says(string name)
    {
        int number = 0;
        Notification[] notifications = [.. Notifications[name].Select(one => one with { Id = $"{++number}" })];
        string body = Pretty(WebhookJson.Of(notifications, Some.Time));
        string path = Repository.PathOf("tests", "Godot.Outputs.Tests", "Webhook", $"{name}.json");
        if (Environment.GetEnvironmentVariable("GODOT_APPROVE") == "1") File.WriteAllText(path, body);
        Assert.Equal(File.ReadAllText(path), body);
        Assert.Empty(Errors(JsonNode.Parse(body)!));
    }

    [Fact]
    public void The_page_shows_a_body() =>
        Assert.Contains($"```json\n{File.ReadAllText(Repository.PathOf("tests", "Godot.Outputs.Tests", "Webhook", "opened.json"))}```",
            File.ReadAllText(Repository.PathOf("docs", "webhook.md")), StringComparison.Ordinal);

    [Theory]
    [InlineData("data.notifications.0.id")]
    [InlineData("data.notifications.0.notices")]
    [InlineData("data.notifications.0.notices.0.incident.duration")]
    [InlineData("data.notifications.0.notices.0.incident.severity")]
    [InlineData("data.notifications.0.notices.0.transition")]
    [InlineData("timestamp")]
    public void The_schema_notices_what_is_missing(string path)
    {
        JsonNode body = JsonNode.Parse(WebhookJson.Of(Notifications["opened"], Some.Time))!, parent = body;
        string[] names = path.Split('.');
        foreach (string name in names[..^1]) parent = int.TryParse(name, out int index) ? parent[index]! : parent[name]!;
        Assert.True(parent.AsObject().Remove(names[^1]));
        Assert.NotEmpty(Errors(body));
    }

    [Fact]
    public void An_event_is_as_it_came()
    {
        const string came = """{"service":"cpu","metric":1e1,"mine":[1,{"a":null}],"host":"\u00e4"}""";
        byte[] body = WebhookJson.Of([new("cpu", [Event.Parse(came)])], Some.Time);
        Assert.Contains(came, System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.Empty(Errors(JsonNode.Parse(body)!));
    }

    [Fact]
    public void A_message_of_ten_thousand_incidents_names_all_and_says_all_of_the_first()
    {
        Notification[] storm = [.. Enumerable.Range(0, 10_000).Select(i => Some.Alert(Some.Opened with
        {
            Incident = Some.Incident with { Id = $"{i:x32}", Key = [new("host", $"app-{i}"), new("service", "cpu")] },
        }))];
        byte[] body = WebhookJson.Of(storm, Some.Time);
        Assert.InRange(body.Length, 1_000_000, 4_300_000);
        JsonNode message = JsonNode.Parse(body)!;
        JsonNode[] notices = [.. message["data"]!["notifications"]!.AsArray().Select(one => one!["notices"]![0]!)];
        Assert.Equal(storm.Select(one => one.Notices[0].Incident.Id), notices.Select(notice => (string)notice["incident"]!["id"]!));
        Assert.InRange(notices.TakeWhile(notice => notice["event"] is not null).Count(), 1000, 3000);
        Assert.Empty(Errors(message));
    }

    [Fact]
    public void What_is_left_out_of_a_message_that_is_too_long_is_counted()
    {
        Event large = Hot with { Description = new string('x', 100_000) };
        byte[] body = WebhookJson.Of([new("cpu", [.. Enumerable.Repeat(large, 50)])], Some.Time);
        JsonNode one = JsonNode.Parse(body)!["data"]!["notifications"]![0]!;
        Assert.Equal((42, 8), (one["events"]!.AsArray().Count, (int)one["left_out"]!));
        Assert.Empty(Errors(JsonNode.Parse(body)!));
    }

    static string Pretty(byte[] body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return JsonSerializer.Serialize(document.RootElement, Indented) + "\n";
    }

    static List<string> Errors(JsonNode body)
    {
        EvaluationResults results = Schema.Evaluate(JsonSerializer.SerializeToElement(body), new EvaluationOptions
        {
            OutputFormat = OutputFormat.List, RequireFormatValidation = true,
        });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(one => one.Errors is not null)
            .SelectMany(one => one.Errors!.Select(error => $"{one.InstanceLocation}: {error.Value}"))];
    }
}
