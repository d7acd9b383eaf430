using Godot.Common;

namespace Godot;

/// <summary>The verb <c>Graphite</c>.</summary>
public static class GraphiteReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>
        /// Writes the metric of every event, also of every one of a batch, to Graphite, and passes on what it was handed. What has no
        /// metric is not written. Looks at each event by itself.
        /// </summary>
        /// <remarks>
        /// <para>
        /// A line of the plaintext protocol (https://graphite.readthedocs.io/en/latest/feeding-carbon.html) for each: path, metric, the
        /// event's time in whole seconds. The path is the prefix, the host and the service; <c>/</c> in a service divides, and the dots of
        /// a host are underscores: <c>godot.web_1.api.http.latency</c>. Two series never share a path: letters and digits of any script,
        /// hyphens, and underscores in a service stay; a part in which anything else had to become an underscore (or that is longer than
        /// 100 bytes, and was cut) ends in <c>~</c> and a hash of what it was, <c>disk_free~87d62fc168eb</c>. A missing host is <c>_</c>.
        /// </para>
        /// <para>
        /// Lines are written as many at a time as come within a tenth of a second, over a TCP connection that is opened again when it
        /// breaks, or when nothing was taken for 30 seconds. While Graphite cannot be reached, 100,000 wait;
        /// then new ones are dropped and counted, as those of any output.
        /// </para>
        /// </remarks>
        /// <param name="host">Where carbon listens.</param>
        /// <param name="port">Its plaintext port, 1 to 65535. Default 2003.</param>
        /// <param name="prefix">What every path begins with. Default: "godot"; empty: nothing.</param>
        /// <exception cref="ArgumentException">The host is empty or has braces, or the port is out of range.</exception>
        public T Graphite(string host, int port = 2003, string prefix = "godot")
        {
            RecipeRules.NotEmpty(host, "Graphite's host", nameof(host));
            ArgumentNullException.ThrowIfNull(prefix);
            RecipeRules.Refuse(Placeholders.Refusal(host, "Graphite"), nameof(host));
            RecipeRules.Refuse(Placeholders.Refusal(prefix, "Graphite"), nameof(prefix));
            RecipeRules.Port(port, "Graphite's", nameof(port));
            GraphiteRecipe graphite = new(host, port, prefix);
            return recipe.To(graphite, graphite.ToString());
        }
    }
}

/// <summary>Recipes that begin with <c>Graphite</c>.</summary>
public static class GraphiteReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="GraphiteReactor.extension{T}(T).Graphite(string, int, string)"/>
        public static Reactor Graphite(string host, int port = 2003, string prefix = "godot") => Reactor.Empty.Graphite(host, port, prefix);
    }
}
