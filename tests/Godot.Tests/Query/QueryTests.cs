using Godot.Events;
using Godot.Recipes;

namespace Godot.Tests;

public sealed class QueryTests
{
    static readonly Event Cpu = Event.Parse("""
        {"host":"web1.example","service":"cpu","state":"ok","metric":50.5,"time":1700000000.25,"ttl":60,"tags":["prod","a\"b"],"meta":{"cores":8,"zone":"eu","spot":false,"gone":null,"disks":[1]},"trace":"abc"}
        """);

    static readonly Event Nothing = Event.Parse("{}");

    [Theory]
    [InlineData("""service = "cpu" """)]
    [InlineData("""service="cpu"and metric>50""")]
    [InlineData("""service = "cpu" and metric > 50 and host = "web1.example" """)]
    [InlineData("metric = 50.5")]
    [InlineData("metric >= 50.5 and metric <= 50.5 and not metric < 50.5 and not metric > 50.5")]
    [InlineData("metric < 1e3, and metric > -1.2e-5")]
    [InlineData("metric < Infinity and metric > -Infinity and not metric < NaN")]
    [InlineData("metric != 50N or metric != 50L")]
    [InlineData("time > 1700000000.2 and ttl = 60")]
    [InlineData("""host =~ "web%" """)]
    [InlineData("""host =~ "%1.ex%" """)]
    [InlineData("""host ~= "b[0-9]+" """)]
    [InlineData("""host ~= "^web\\d\\." """)]
    [InlineData("tagged \"prod\" and tagged \"a\\\"b\"")]
    [InlineData("cores = 8 and zone = \"eu\" and spot = false and trace = \"abc\"")]
    [InlineData("description = nil and gone = null and nowhere = nil")]
    [InlineData("description != \"x\"")]
    [InlineData("not (service = \"x\" or host = \"y\") and state = \"ok\"")]
    [InlineData("not service = \"x\" and true")]
    [InlineData("false or false and true or true")]
    [InlineData("service and not spot and metric")]
    [InlineData("service = \"\\u0063pu\"")]
    public void An_event_matches(string query) => Assert.True(Query.Parse(query).Matches(Cpu));

    [Theory]
    [InlineData("""service = "CPU" """)]
    [InlineData("""service = "cp" """)]
    [InlineData("cores = \"8\"")]
    [InlineData("spot = \"false\"")]
    [InlineData("nowhere < 5 or nowhere >= 5")]
    [InlineData("""host =~ "web" """)]
    [InlineData("""host =~ "web?.example" """)]
    [InlineData("""host =~ "web*" """)]
    [InlineData("tagged \"pro\"")]
    [InlineData("not service = \"cpu\" or service = \"x\"")]
    [InlineData("true and false or false")]
    [InlineData("nil or false or spot or nowhere")]
    [InlineData("nowhere = false")]
    public void An_event_does_not_match(string query) => Assert.False(Query.Parse(query).Matches(Cpu));

    [Theory]
    [InlineData("host = nil and metric = nil and tags = nil and x = nil", true)]
    [InlineData("host != \"a\" and metric != 1", true)]
    [InlineData("time = nil", true)]
    [InlineData("metric < 1 or metric >= 1", false)]
    [InlineData("host =~ \"%\"", false)]
    [InlineData("tagged \"x\"", false)]
    public void What_is_missing_is_nil_and_compares_with_nothing(string query, bool matches) =>
        Assert.Equal(matches, Query.Parse(query).Matches(Nothing));

    [Theory]
    [InlineData("a or b and c", "a or (b and c)")]
    [InlineData("not a and b", "not a and b")]
    [InlineData("not (a and b)", "not (a and b)")]
    [InlineData("((a and (b and c)))", "a and b and c")]
    [InlineData("not a = 1", "a != 1")]
    [InlineData("a=~\"x\"and b~=\"y\"", "a =~ \"x\" and b ~= \"y\"")]
    [InlineData("a:b.c-d>=5e1", "a:b.c-d >= 50")]
    [InlineData("a = \"\\t\\\\ \\\" é\"", "a = \"\\u0009\\\\ \\\" é\"")]
    public void Its_text_is_the_query_at_its_plainest(string query, string text) => Assert.Equal(text, Query.Parse(query).ToString());

    [Theory]
    [InlineData("", 0, "Expected a condition, such as service = \"cpu\", not the end.")]
    [InlineData("service = 'cpu'", 10, "Write texts in double quotes: \"cpu\".")]
    [InlineData("service = \"cpu", 10, "This text has no end; close it with \".")]
    [InlineData("service = ", 10, "Expected a value, such as \"cpu\", 50 or nil, not the end.")]
    [InlineData("service == \"cpu\"", 8, "Write =, not ==.")]
    [InlineData("metric => 5", 7, "Write >=, not =>.")]
    [InlineData("metric <> 5", 7, "Write !=, not <>.")]
    [InlineData("metric > = 5", 9, "Expected a value, such as \"cpu\", 50 or nil, not =.")]
    [InlineData("service = cpu", 10, "cpu without quotes is a field, and a field is compared with a value; write service = \"cpu\".")]
    [InlineData("host != web-1:9090/a and true", 8,
        "web-1:9090/a without quotes is a field, and a field is compared with a value; write host != \"web-1:9090/a\".")]
    [InlineData("host = service", 7, "service without quotes is a field, and a field is compared with a value; write host = \"service\".")]
    [InlineData("(metric = cpu)", 10, "cpu without quotes is a field, and a field is compared with a value; write metric = 50.")]
    [InlineData("tags = prod", 7, "prod without quotes is a field, and a field is compared with a value; write tagged \"prod\".")]
    [InlineData("cores = eight", 8, "eight without quotes is a field, and a field is compared with a value; write cores = \"eight\".")]
    [InlineData("\"a\" = service", 0, "A condition begins with a field; write service = \"a\".")]
    [InlineData("50 <= metric", 0, "A condition begins with a field; write metric >= 50.")]
    [InlineData("5 = 5", 0, "A condition begins with a field; write service = \"cpu\".")]
    [InlineData("nil = state", 0, "A condition begins with a field; write state = nil.")]
    [InlineData("service = 5", 10, "service is a text and never equals 5; write service = \"5\".")]
    [InlineData("host = 10.0.0.1", 7, "host is a text and never equals 10.0.0.1; write host = \"10.0.0.1\".")]
    [InlineData("state = true", 8, "state is a text and never equals true; write state = \"true\".")]
    [InlineData("metric = \"50.5\"", 9, "metric is a number and never equals \"50.5\"; write metric = 50.5.")]
    [InlineData("metric != \"high\"", 10, "metric is a number and never equals \"high\"; write metric != 50.")]
    [InlineData("tags != \"prod\"", 8, "tags is a list and never equals \"prod\"; write not tagged \"prod\".")]
    [InlineData("service > 5", 10, "service is a text, and > looks at numbers; write metric > 50.")]
    [InlineData("metric =~ \"5%\"", 10, "metric is a number, and =~ looks at texts; write metric > 50.")]
    [InlineData("tags ~= \"prod\"", 8, "tags is a list, and ~= looks at texts; write tagged \"prod\".")]
    [InlineData("service = \"a\" = 6", 14, "A condition has one operator; join two conditions, such as metric > 5 and metric < 9.")]
    [InlineData("5 < metric < 9", 0, "A condition begins with a field; write metric > 5.")]
    [InlineData("metric > 5 < 9", 11, "A condition has one operator; join two conditions, such as metric > 5 and metric < 9.")]
    [InlineData("\"cpu\"", 0, "\"cpu\" by itself is not a condition; write service = \"cpu\".")]
    [InlineData("5", 0, "5 by itself is not a condition; write metric = 5.")]
    [InlineData("a = 1 AND b = 2", 6, "Write and in small letters.")]
    [InlineData("NOT a", 0, "Write not in small letters.")]
    [InlineData("a = 1 || b = 2", 6, "Write or, not ||.")]
    [InlineData("metric > \"x\"", 9, "Behind > stands a number, such as 50, not \"x\".")]
    [InlineData("metric > ttl", 9, "Behind > stands a number, such as 50, not ttl.")]
    [InlineData("host =~ web", 8, "Behind =~ stands a text in double quotes; write host =~ \"web\".")]
    [InlineData("tagged prod", 7, "Behind tagged stands a text in double quotes; write tagged \"prod\".")]
    [InlineData("tagged =", 7, "Behind tagged stands a text in double quotes, such as \"cpu\", not =.")]
    [InlineData("(a = 1", 6, "Expected ) for the bracket at character 1, not the end.")]
    [InlineData("a = 1)", 5, "This bracket was never opened; remove it, or write a ( before.")]
    [InlineData("a = 1 b = 2", 6, "Expected and, or, an operator such as = or >, or the end, not b.")]
    [InlineData("a = 1 && b = 2", 6, "Write and, not &&.")]
    [InlineData("a and or b", 6, "Expected a condition, such as service = \"cpu\", not or.")]
    [InlineData("!a", 0, "Write not before a condition, or != between two values.")]
    [InlineData("a = \"\\d\"", 5,
        "A backslash stands before \", \\, t, r, n, b, f, or u and four hexadecimal digits; write \\\\ for one that is meant itself.")]
    [InlineData("a ~= \"(\"", 5, "This is not a regular expression: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("a ~= \"(?=x)\"", 5,
        "Looking around, back-references and atomic groups would take too long, as would very many repetitions or different characters; "
            + "write the expression without them.")]
    [InlineData("a ~= \"(a?(a?(a?(a?(a?(a?x)?)?)?)?)?)?\"", 5,
        "Looking around, back-references and atomic groups would take too long, as would very many repetitions or different characters; "
            + "write the expression without them.")]
    [InlineData("a = {", 4, "A query has no { outside of texts; write texts in double quotes: \"cpu\".")]
    public void What_is_none_is_refused_with_the_place_and_what_to_change(string text, int position, string sentence)
    {
        QueryFormatException refused = Assert.Throws<QueryFormatException>(() => Query.Parse(text));
        Assert.Equal((position, $"{sentence} (At character {position + 1}.)"), (refused.Position, refused.Message));
        Assert.Equal($"{text}\n{new string(' ', position)}^", refused.Marked);
    }

    [Fact]
    public void Depth_and_length_are_bounded_and_many_terms_are_no_depth()
    {
        Query.Parse(new string('(', 63) + "a" + new string(')', 63));
        Query.Parse(string.Join(" or ", Enumerable.Repeat("metric = 1", 500))).Matches(Cpu);
        Assert.Contains("64 deep", Assert.Throws<QueryFormatException>(() => Query.Parse(new string('(', 64) + "a")).Message,
            StringComparison.Ordinal);
        Assert.Contains("64 deep",
            Assert.Throws<QueryFormatException>(() => Query.Parse(string.Concat(Enumerable.Repeat("not ", 65)) + "a")).Message,
            StringComparison.Ordinal);
        Assert.Contains("8192", Assert.Throws<QueryFormatException>(() => Query.Parse(new string('a', 8193))).Message,
            StringComparison.Ordinal);
    }

    static string Different(int count) => string.Concat(Enumerable.Range(0x4e00, count).Select(c => (char)c));

    [Theory]
    // Each alone would do.
    [InlineData(4, 24, 0, null)]
    [InlineData(5, 24, 4, "With the regular expressions before it, this one would take too long")]
    [InlineData(89, 24, 4, "With the regular expressions before it, this one would take too long")]
    [InlineData(16, 10, 0, null)]
    [InlineData(17, 10, 16, "A query may have at most 16 regular expressions; join some, such as \"^a|^b\"")]
    [InlineData(89, 50, 1, "With the regular expressions before it, this one would take too long")]
    [InlineData(89, 51, 0, "as would very many repetitions or different characters; write the expression without them")]
    public void What_its_regular_expressions_cost_together_is_bounded_before_one_more_is_built(int count, int characters, int refused,
        string? sentence)
    {
        string[] terms =
            [.. Enumerable.Range(0, count).Select(i => $"host ~= \"{Different(characters - 2)}{(char)('a' + (i / 10))}{i % 10}\"")];
        string text = string.Join(" or ", terms);
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (sentence is null) Query.Parse(text);
        else
        {
            QueryFormatException told = Assert.Throws<QueryFormatException>(() => Query.Parse(text));
            Assert.Contains(sentence, told.Message, StringComparison.Ordinal);
            Assert.Equal(text.IndexOf(terms[refused], StringComparison.Ordinal) + "host ~= ".Length, told.Position);
        }
        // What one automaton of 50 characters takes is half of it; 89 of them take a thousand megabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public void What_its_regular_expressions_repeat_together_is_bounded_too()
    {
        Query.Parse("host ~= \"a{490}\" or service ~= \"a{490}\"");
        Assert.Contains("With the regular expressions before it", Assert.Throws<QueryFormatException>(() =>
            Query.Parse("host ~= \"a{490}\" or service ~= \"a{490}\" or state ~= \"a{490}\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_regular_expression_takes_no_longer_than_its_text_is_long()
    {
        Query slow = Query.Parse("service ~= \"^(a+)+$\"");
        Assert.False(slow.Matches(new Event { Service = new string('a', 900) + "b" }));
    }

    [Fact]
    public void What_is_compared_as_a_key_of_meta_may_be_a_member_of_the_event_too()
    {
        Query query = Query.Parse("x = 1");
        Assert.True(query.Matches(Event.Parse("""{"x":1}""")));
        Assert.True(query.Matches(Event.Parse("""{"x":2,"meta":{"x":1.0}}""")));
        Assert.False(query.Matches(Event.Parse("""{"x":1,"meta":{"x":2}}""")));
    }

    [Fact]
    public void Where_passes_what_matches()
    {
        Query query = Query.Parse("service = \"cpu\" and metric > 50");
        Reactors.Test(r => r.Where(query))
            .Given(Sample.Of("cpu", 51), Sample.Of("cpu", 50), Sample.Of("disk", 60), Sample.Of("cpu"))
            .Emits(new Event { Service = "cpu", Metric = 51 });
    }

    [Fact]
    public void What_host_and_service_decide_is_asked_once_per_series()
    {
        Reactor recipe = Reactor.Where(Query.Parse("metric > 50 and (host =~ \"web%\" or host = nil) and service = \"cpu\""));
        Assert.Equal(
            """Where(Query.Parse("host =~ \"web%\" or host = nil")).Where(Query.Parse("service = \"cpu\"")).Where(Query.Parse("metric > 50"))""",
            recipe.ToString());
        Filter[] filters = [.. recipe.Steps().OfType<FilterStep>().Select(step => step.Filter)];
        Assert.Equal([true, true, false], filters.Select(filter => filter.OnSeries));
        Assert.Equal((FieldSet.Service, "cpu"), filters[1].Only);
        Assert.Equal([true, true, false], [filters[0].Passes("web1", "x"), filters[0].Passes(null, "x"), filters[0].Passes("db", "x")]);
    }
}
