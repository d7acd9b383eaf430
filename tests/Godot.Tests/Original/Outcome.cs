using System.Globalization;

namespace Godot.Tests.Original;

/// <summary>What came out, in lines that can be compared. The last bits of a number may differ: ours adds more exactly.</summary>
static class Outcome
{
    /// <summary>What the last verb emitted, and when.</summary>
    public static IEnumerable<string> Emitted(ReactorTest test) =>
        test.Emitted.Select(emission => Show(emission.At, test.Recipe is BatchReactor ? Show(emission.Events) : Show(emission.Events[0])));

    /// <summary>What the probes within the pipeline saw, and when.</summary>
    public static IEnumerable<string> Probed(ReactorTest test) =>
        test.Sent.Select(sent => $"{((Probe)sent.Output).Label} {Show(sent.At, Show(sent.Events[0]))}");

    public static string Show(TimeSpan at, string what) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalMilliseconds}: {what}");

    public static string Show(IEnumerable<Event> batch) => List(batch.Select(Show));

    public static string List(IEnumerable<string> batch) => $"[{string.Join(", ", batch)}]";

    // What is set is written anew, however it came: the members of meta in one order.
    public static string Show(Event e) => (e with
    {
        Metric = Rounded(e.Metric),
        Meta = e.Meta.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Rounded(pair.Value)),
        Tags = [.. e.Tags],
    }).ToString();

    static MetaValue Rounded(MetaValue value) => value.Number is { } number ? Rounded(number) : value;

    static double? Rounded(double? number) => number is { } value ? Rounded(value) : null;

    static double Rounded(double number) =>
        double.Parse(number.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
