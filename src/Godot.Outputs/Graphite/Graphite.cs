namespace Godot;

/// <summary>The verb <c>Graphite</c>.</summary>
public static class GraphiteReactor
{
    extension(Reactor reactor)
    {
        /// <summary>Writes every event's metric to Graphite, and passes the event on; one without a metric is passed and not written. Looks at each event by itself.</summary>
        /// <remarks>
        /// A line of the plaintext protocol (https://graphite.readthedocs.io/en/latest/feeding-carbon.html) for each: path, metric, the event's time in whole seconds. The path is the prefix, the host and the service; <c>/</c>
        /// in a service divides, and what is no letter, digit, hyphen or underscore becomes an underscore: <c>godot.web_1.api.http.latency</c>. Lines are written as many at a time as come within a tenth of a second, over a TCP
        /// connection that is opened again when it breaks. While Graphite cannot be reached, 100,000 wait; then new ones are dropped and counted, as those of any output.
        /// </remarks>
        /// <param name="host">Where carbon listens.</param>
        /// <param name="port">Its plaintext port, 1 to 65535. Default 2003.</param>
        /// <param name="prefix">What every path begins with. Default: "godot"; empty: nothing.</param>
        /// <exception cref="ArgumentException">The host is empty, or the port none.</exception>
        public Reactor Graphite(string host, int port = 2003, string prefix = "godot")
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(host);
            ArgumentNullException.ThrowIfNull(prefix);
            ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
            GraphiteRecipe graphite = new(host, port, prefix);
            return reactor.Add(new OutputStep(graphite.ToString(), graphite));
        }
    }
}

/// <summary>Recipes that begin with <c>Graphite</c>.</summary>
public static class GraphiteReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="GraphiteReactor.extension(Reactor).Graphite(string, int, string)"/>
        public static Reactor Graphite(string host, int port = 2003, string prefix = "godot") => Reactor.Empty.Graphite(host, port, prefix);
    }
}
