
namespace Godot;

/// <summary>The verb <c>Email</c>.</summary>
public static class EmailReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>
        /// Mails every event, or every batch as one mail, and passes it on. The first one goes out at once; what follows to the same
        /// recipients within the interval is gathered in one mail. Scope: all; so also inside <c>By</c>: what its keys emit is gathered
        /// together.
        /// </summary>
        /// <remarks>
        /// <para>A reactor that has been quiet for the interval mails at once, even if another one to the same recipients has just done
        /// so.</para>
        /// <para>While the mail server cannot be reached, mails wait and are tried again; one that it refuses for good is saved under
        /// <c>./mail</c>. Without a mail server (see <see cref="EmailOptions"/>) every mail is.</para>
        /// <para>A template's fields are <c>{host}</c>, <c>{service}</c>, <c>{state}</c>, <c>{description}</c>, <c>{time}</c> (UTC),
        /// <c>{metric}</c>, <c>{ttl}</c> (seconds), <c>{tags}</c>, <c>{reactor}</c> and, for a key of meta, <c>{meta.key}</c>; one without
        /// a value shows as <c>-</c>. <c>{{</c> and <c>}}</c> are braces. Of an incident they are those of its latest event; it has besides
        /// <c>{transition}</c>, <c>{severity}</c>, <c>{name}</c>, <c>{since}</c>, <c>{lasted}</c>, <c>{ended}</c>, <c>{owner}</c>,
        /// <c>{runbook}</c>, <c>{text}</c>, <c>{late}</c>, <c>{incident}</c> and, for a label, <c>{label.key}</c>.</para>
        /// </remarks>
        /// <param name="to">One address, or several with commas between them.</param>
        /// <param name="subject">
        /// The subject's template, such as <c>"{service} on {host} is {state}"</c>; of several events, the first one's is shown. Default:
        /// state, service and host; of several events, what they are.
        /// </param>
        /// <param name="body">The template of what the mail says of each event. Default: all its fields, as a table.</param>
        /// <param name="interval">How long mails are gathered. Zero: each event, or batch, is a mail. Default: one minute.</param>
        /// <exception cref="ArgumentException">
        /// An address or a template is not well-formed, or the interval is negative; the message says where.
        /// </exception>
        public T Email(string to, string? subject = null, string? body = null, TimeSpan? interval = null)
        {
            EmailRecipe email = new(to, subject, body, interval);
            return recipe.To(email, email.ToString());
        }
    }
}

/// <summary>Recipes that begin with <c>Email</c>.</summary>
public static class EmailReactorStart
{
    extension(Reactor)
    {
        /// <summary>Mails every event that the server accepts, and passes it on.</summary>
        /// <inheritdoc cref="EmailReactor.extension{T}(T).Email(string, string, string, TimeSpan?)" path="/*[not(self::summary)]"/>
        public static Reactor Email(string to, string? subject = null, string? body = null, TimeSpan? interval = null) =>
            Reactor.Empty.Email(to, subject, body, interval);
    }
}

/// <summary>Policies that begin with <c>Email</c>.</summary>
public static class EmailPolicy
{
    extension(Policy)
    {
        /// <summary>Mails incidents; several that are told together are one mail.</summary>
        /// <inheritdoc cref="EmailReactor.extension{T}(T).Email(string, string, string, TimeSpan?)" path="/*[not(self::summary)]"/>
        public static Policy Email(string to, string? subject = null, string? body = null, TimeSpan? interval = null) =>
            Policy.Nobody.Email(to, subject, body, interval);
    }
}
