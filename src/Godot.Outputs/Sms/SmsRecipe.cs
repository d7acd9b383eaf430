using System.Text.RegularExpressions;

namespace Godot;

/// <summary>Text messages to one number, as a recipe names them.</summary>
sealed partial record SmsRecipe(string Number, TimeSpan Gather) : OutputRecipe
{
    static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(1);

    public override string Name => "sms";

    public override TimeSpan Interval => Gather;

    /// <exception cref="ArgumentException">A number is none, or the interval is negative.</exception>
    public static IEnumerable<SmsRecipe> To(string numbers, TimeSpan? interval)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval ?? TimeSpan.Zero, TimeSpan.Zero, nameof(interval));
        string[] all = numbers.Split(',', StringSplitOptions.TrimEntries);
        foreach (string number in all)
            if (!E164().IsMatch(number)) throw new ArgumentException($"\"{PlainText.Line(number)}\" is no number; write it with its country's code and nothing but digits, such as +15550100.", nameof(numbers));
        return all.Select(number => new SmsRecipe(number, interval ?? UsualInterval));
    }

    public override string Preview(Notification notification) => SmsText.Of([notification]);

    public override IOutput Open(OutputContext context)
    {
        SmsOptions options = SmsOptions.Find(context.Services, Environment.GetEnvironmentVariable(SmsOptions.Variable));
        if (options.Server.Scheme == Uri.UriSchemeHttps) OpenSsl.Need($"TLS to {options}");
        return new SmsOutput(Number, options);
    }

    public override string ToString() => $"Sms({Recipe.Quote(Number)}{(Gather == UsualInterval ? "" : $", interval: {RecipeText.Of(Gather)}")})";

    [GeneratedRegex(@"^\+[1-9]\d{3,14}$")]
    private static partial Regex E164();
}
