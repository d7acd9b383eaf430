
namespace Godot;

/// <summary>The verb <c>Sms</c>.</summary>
public static class SmsReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>
        /// Sends a text message for every event, or every batch, and passes it on. The first goes out at once; what follows to the same
        /// number within the interval is one message. Scope: all.
        /// </summary>
        /// <remarks>
        /// The message says state, service, host, metric and description of the first event, and how many more there are, in 320 characters
        /// at most. Of incidents it says what became of each, as many as there is room for, and of a single one what the rule's own text or
        /// its latest event says, and the runbook if there is room. It goes by the account of <see cref="SmsOptions"/>. While the provider
        /// cannot be reached, messages wait and are tried again; what it refuses for good is logged. Each number has a queue of its own:
        /// one that cannot be reached holds no other up.
        /// </remarks>
        /// <param name="to">A number as E.164 writes it, such as <c>+15550100</c>, or several with commas between them.</param>
        /// <param name="interval">How long messages are gathered. Zero: each event, or batch, is a message. Default: one minute.</param>
        /// <exception cref="ArgumentException">A text is not a telephone number, or the interval is negative.</exception>
        public T Sms(string to, TimeSpan? interval = null)
        {
            SmsRecipe sms = new(to, interval);
            return recipe.To(sms, sms.ToString());
        }
    }
}

/// <summary>Recipes that begin with <c>Sms</c>.</summary>
public static class SmsReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="SmsReactor.extension{T}(T).Sms(string, TimeSpan?)"/>
        public static Reactor Sms(string to, TimeSpan? interval = null) => Reactor.Empty.Sms(to, interval);
    }
}

/// <summary>Policies that begin with <c>Sms</c>.</summary>
public static class SmsPolicy
{
    extension(Policy)
    {
        /// <summary>Sends a text message of incidents; several that are told together are one.</summary>
        /// <inheritdoc cref="SmsReactor.extension{T}(T).Sms(string, TimeSpan?)" path="/*[not(self::summary)]"/>
        public static Policy Sms(string to, TimeSpan? interval = null) => Policy.Nobody.Sms(to, interval);
    }
}
