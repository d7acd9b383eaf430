using System.Xml.Linq;

namespace Godot;

public sealed class GraphTests
{
    static GodotServer Server() => GodotServer.Tcp(9876)
        .React("cpu", Reactor.Where("service", "cpu").By("host", r => r.Ewma(0.5).Over(50)).Email(to: "ops@host.com"))
        .React(Reactor.Around(Reactor.Over(1).Console(), Reactor.Empty).Where(e => e.Host != "<a>"));

    [Fact]
    public async Task Mermaid_shows_inputs_reactors_scopes_branches_and_outputs()
    {
        Assert.Equal("""
            flowchart LR
              n1(["tcp:9876"])
              subgraph n2 ["cpu"]
                n3["Where(#quot;service#quot;, #quot;cpu#quot;)"]
                subgraph n4 ["By(#quot;host#quot;)"]
                  n5["Ewma(0.5)<br/>by/ewma"]
                  n6["Over(50)<br/>by/over"]
                end
                n7[/"Email(#quot;ops@host.com#quot;)"/]
              end
              subgraph n8 ["over-1"]
                n9["Around"]
                n10["Over(1)<br/>around/way/over"]
                n11[/"Console()<br/>around/way/console"/]
                n12["Where(e =#gt; e.Host != #quot;#lt;a#gt;#quot;)"]
              end
              n1 --> n3
              n3 --> n5
              n5 --> n6
              n6 --> n7
              n1 --> n9
              n9 --> n10
              n10 --> n11
              n9 --> n12

            """, await Graph(Server()));
    }

    [Fact]
    public async Task Svg_has_a_box_with_its_text_for_each_verb_and_all_of_it_is_inside_the_picture()
    {
        XElement svg = XDocument.Parse(await Graph(Server(), "--svg")).Root!;
        string[] texts = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];

        Assert.Equal(
            ["inputs", "tcp:9876", "cpu", "Where(\"service\", \"cpu\")", "By(\"host\")", "Ewma(0.5)", "by/ewma", "Over(50)", "by/over",
                "Email(\"ops@host.com\")", "over-1", "Around", "Over(1)", "around/way/over", "Console()", "around/way/console",
                "Where(e => e.Host != \"<a>\")"], texts);
        double width = Number(svg, "width"), height = Number(svg, "height");
        Assert.All(svg.Elements().Where(element => element.Name.LocalName == "rect").Skip(1), box =>
        {
            Assert.InRange(Number(box, "x") + Number(box, "width"), 0, width);
            Assert.InRange(Number(box, "y") + Number(box, "height"), 0, height);
        });
    }

    static GodotServer WithAlerts() => GodotServer.Tcp(9876)
        .React("cpu", Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 95)
            .Notify(Policy.Email("ops@host.com").Group("host").Repeat(TimeSpan.FromHours(4)).Mute(Window.Weekly("Sun 02:00-04:00"))
                .Escalate(TimeSpan.FromMinutes(15), Policy.Email("boss@host.com")), on: "critical")
            .Email("team@host.com"));

    [Fact]
    public async Task Mermaid_shows_an_alert_with_its_policies_and_who_is_next()
    {
        Assert.Equal("""
            flowchart LR
              n1(["tcp:9876"])
              subgraph n2 ["cpu"]
                n3["Where(#quot;service#quot;, #quot;cpu#quot;)"]
                n4{{"Alert(critical: e =#gt; e.Metric #gt; 95)"}}
                subgraph n5 ["Notify(on: #quot;critical#quot;)"]
                  n6["Group(#quot;host#quot;, wait: 30s, interval: 5m)"]
                  n7["Repeat(4h)"]
                  n8["Mute(Window.Weekly(#quot;Sun 02:00-04:00#quot;, #quot;UTC#quot;))"]
                  n9[/"Email(#quot;ops@host.com#quot;)"/]
                  n10[/"Email(#quot;boss@host.com#quot;)"/]
                end
                n11[/"Email(#quot;team@host.com#quot;)"/]
              end
              n1 --> n3
              n3 --> n4
              n4 --> n6
              n6 --> n7
              n7 --> n8
              n8 --> n9
              n9 -->|"after 15m"| n10
              n4 --> n11

            """, await Graph(WithAlerts()));
    }

    [Fact]
    public async Task A_fallback_is_drawn_behind_what_may_be_refused()
    {
        static GodotServer Server() => GodotServer.Tcp(9876).React("cpu", Reactor.Where("service", "cpu").Alert()
            .Notify(Policy.Email("ops@host.com").Fallback(Policy.Email("spare@host.com"))));
        Assert.Contains("-->|\"if it is refused\"|", await Graph(Server()), StringComparison.Ordinal);
        Assert.Contains("if it is refused", await Graph(Server(), "--svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Svg_shows_a_policy_in_a_frame_and_below_it_who_is_next()
    {
        XElement svg = XDocument.Parse(await Graph(WithAlerts(), "--svg")).Root!;
        string[] texts = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];
        Assert.Equal(
            ["inputs", "tcp:9876", "cpu", "Where(\"service\", \"cpu\")", "Alert(critical: e => e.Metric > 95)", "Notify(on: \"critical\")",
                "Group(\"host\", wait: 30s, interval: 5m)", "Repeat(4h)", "Mute(Window.Weekly(\"Sun 02:00-04:00\", \"UTC\"))",
                "Email(\"ops@host.com\")", "after 15m", "Email(\"boss@host.com\")", "Email(\"team@host.com\")"], texts);
    }

    static GodotServer WithTopics() => GodotServer.Tcp(9876)
        .React("a", Reactor.Over(1).Publish("alerts").Console())
        .React("b", Reactor.By("host", r => r.Publish("alerts")))
        .React("c", Reactor.Subscribe("alerts").Throttle(1, TimeSpan.FromMinutes(1)))
        .React("d", Reactor.Subscribe("others"));

    [Fact]
    public async Task Mermaid_shows_a_topic_from_each_publisher_to_each_subscriber_and_no_input_there()
    {
        Assert.Equal("""
            flowchart LR
              n1(["tcp:9876"])
              subgraph n2 ["a"]
                n3["Over(1)"]
                n4["Publish(#quot;alerts#quot;)"]
                n5[/"Console()"/]
              end
              subgraph n6 ["b"]
                subgraph n7 ["By(#quot;host#quot;)"]
                  n8["Publish(#quot;alerts#quot;)<br/>by/publish"]
                end
              end
              subgraph n9 ["c"]
                n10["Subscribe(#quot;alerts#quot;)"]
                n11["Throttle(1, 60s)"]
              end
              subgraph n12 ["d"]
                n13["Subscribe(#quot;others#quot;)"]
              end
              n1 --> n3
              n3 --> n4
              n4 --> n5
              n1 --> n8
              n10 --> n11
              n4 -.-> n10
              n8 -.-> n10

            """, await Graph(WithTopics()));
    }

    [Fact]
    public async Task Svg_shows_a_topic_as_a_dashed_line_and_no_arrow_from_the_inputs_there()
    {
        XElement svg = XDocument.Parse(await Graph(WithTopics(), "--svg")).Root!;
        XElement[] lines = [.. svg.Elements().Where(element => element.Name.LocalName == "path")];
        Assert.Equal(2, lines.Count(line => line.Attribute("stroke-dasharray") is not null));
        // From the inputs to a and b, inside a, and inside c.
        Assert.Equal(2 + 2 + 1, lines.Count(line => line.Attribute("stroke-dasharray") is null));
    }

    static double Number(XElement element, string name) => (double)element.Attribute(name)!;

    static async Task<string> Graph(GodotServer server, params string[] words)
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, await ServerCommand.RunAsync(server, ["graph", .. words], output, error));
        return output.ToString();
    }
}
