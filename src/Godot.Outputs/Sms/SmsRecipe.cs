namespace Godot;

/// <summary>Text messages to one number, as a recipe names them.</summary>
sealed record SmsRecipe(string Number, TimeSpan Gather) : OutputRecipe
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
            if (!IsE164(number))
                throw new ArgumentException(
                    $"\"{PlainText.Line(number)}\" is no number; write it with its country's code and nothing but digits, such as +15550100.", nameof(numbers));
        return all.Select(number => new SmsRecipe(number, interval ?? UsualInterval));
    }

    public override string Preview(Notification notification) => SmsText.Of([notification]);

    public override IOutput Open(OutputContext context) =>
        new SmsOutput(Number, SmsOptions.Find(context.Services, Environment.GetEnvironmentVariable(SmsOptions.Variable)));

    public override string ToString() => $"Sms({Recipe.Quote(Number)}{(Gather == UsualInterval ? "" : $", interval: {RecipeText.Of(Gather)}")})";

    static bool IsE164(string number) =>
        number is ['+', >= '1' and <= '9', .. { Length: >= 3 and <= 14 } digits] && digits.All(char.IsAsciiDigit);
}
