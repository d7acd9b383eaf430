namespace Godot;

/// <summary>The verb <c>Webhook</c>.</summary>
public static class WebhookReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>
        /// Posts every event, or every batch, as JSON to an address, and passes it on. The first goes out at once; what follows to the same
        /// address within the interval is one message. Scope: all.
        /// </summary>
        /// <remarks>
        /// <para>docs/webhook.md describes the JSON, docs/webhook.schema.json is its schema. It is signed as Standard Webhooks says, if
        /// there is a secret; <c>webhook-id</c> is the same on every retry.</para>
        /// <para>2xx takes it. 408, 425, 429, 5xx and a connection that fails are tried again, not before the answer's
        /// <c>Retry-After</c>; any other answer refuses it for good, a redirect too. Proxies are not used.</para>
        /// </remarks>
        /// <param name="url">
        /// Where to: <c>https://hooks.host.com/godot</c>. <c>https://user:password@…</c> logs in with those. Over <c>http://</c> nothing is
        /// encrypted: for this machine, or a network of your own.
        /// </param>
        /// <param name="options">Secrets, headers, times. Default: as <see cref="WebhookOptions"/> says.</param>
        /// <exception cref="ArgumentException">It is not such an address, or an option cannot work.</exception>
        public T Webhook(string url, WebhookOptions? options = null)
        {
            WebhookRecipe webhook = new(url, options);
            return recipe.To(webhook, webhook.ToString());
        }
    }
}

/// <summary>Recipes that begin with <c>Webhook</c>.</summary>
public static class WebhookReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="WebhookReactor.extension{T}(T).Webhook(string, WebhookOptions?)"/>
        public static Reactor Webhook(string url, WebhookOptions? options = null) => Reactor.Empty.Webhook(url, options);
    }
}

/// <summary>Policies that begin with <c>Webhook</c>.</summary>
public static class WebhookPolicy
{
    extension(Policy)
    {
        /// <summary>Posts what became of incidents, as JSON; several that are told together are one message.</summary>
        /// <inheritdoc cref="WebhookReactor.extension{T}(T).Webhook(string, WebhookOptions?)" path="/*[not(self::summary)]"/>
        public static Policy Webhook(string url, WebhookOptions? options = null) => Policy.Nobody.Webhook(url, options);
    }
}
