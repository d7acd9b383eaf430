using Godot.Common;

namespace Godot;

/// <summary>Text messages to one number or several, as a recipe names them.</summary>
sealed record SmsRecipe : OutputRecipe
{
    static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentException">A text is not a telephone number, or the interval is negative.</exception>
    public SmsRecipe(string to, TimeSpan? interval)
    {
        ArgumentNullException.ThrowIfNull(to);
        RecipeRules.NotNegative(interval ?? default, "Sms' interval", nameof(interval));
        RecipeRules.Refuse(Placeholders.Refusal(to, "Sms"), nameof(to));
        RecipeRules.Refuse(PhoneNumbers.Refusal(to), nameof(to));
        (To, Interval) = (string.Join(", ", PhoneNumbers.In(to)), interval ?? UsualInterval);
    }

    public override string Name => "sms";

    public override string ChannelName => $"sms:{To}";

    public override bool IsDurable => true;

    public override string QueueKey => $"{To} {Interval}";

    public string To { get; private init; }

    public override TimeSpan Interval { get; }

    // SmsOptions.Timeout.
    public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

    public override string Preview(Notification notification) => SmsText.Of([notification]);

    /// <summary>One for each number.</summary>
    public override IEnumerable<OutputRecipe> Parts(OutputContext context) => To.Split(", ").Select(number => this with { To = number });

    public override IOutput Open(OutputContext context)
    {
        SmsOptions options = SmsOptions.Find(context.Services, Environment.GetEnvironmentVariable(SmsOptions.Variable));
        if (options.Server.Scheme == Uri.UriSchemeHttps) OpenSsl.Need($"TLS to {options}");
        return new SmsOutput(To, options, context.TimeProvider);
    }

    public override string ToString() =>
        $"Sms({RecipeText.Quote(To)}{(Interval == UsualInterval ? "" : $", interval: {RecipeText.Of(Interval)}")})";
}
