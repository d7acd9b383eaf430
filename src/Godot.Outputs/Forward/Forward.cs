
namespace Godot;

/// <summary>The verb <c>Forward</c>.</summary>
public static class ForwardReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>
        /// Sends every event, also every one of a batch, to another Godot server, and passes on what it was handed. What was not changed is
        /// sent byte for byte. Looks at each event by itself.
        /// </summary>
        /// <remarks>
        /// <para>Of an incident its latest event is sent, with <c>incident</c> (the id), <c>severity</c> and <c>transition</c> in its meta.
        /// The monitor's own events, whose services begin with <c>godot/</c>, stay here: other servers refuse them.</para>
        /// <para>Events leave in order, as many at a time as come within ten milliseconds. While the other server cannot be reached,
        /// 100,000 wait; then new ones are dropped and counted, as those of any output. What had been handed to the operating system when a
        /// connection broke may arrive twice or not at all: there are no acknowledgements. Over TCP a new connection must stand for a
        /// second before anything is written, so that a server that does not let this one in loses nothing: the attempt fails with its
        /// sentence, and all wait. Over UDP nobody notices what is lost.</para>
        /// </remarks>
        /// <param name="to">The server: <c>tcp://host:9876</c>, <c>udp://host:9876</c> or <c>unix:///path</c>.</param>
        /// <exception cref="ArgumentException">It is not such an address; the message says what one looks like.</exception>
        public T Forward(string to)
        {
            ForwardRecipe forward = new(to);
            return recipe.To(forward, forward.ToString());
        }
    }
}

/// <summary>Recipes that begin with <c>Forward</c>.</summary>
public static class ForwardReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="ForwardReactor.extension{T}(T).Forward(string)"/>
        public static Reactor Forward(string to) => Reactor.Empty.Forward(to);
    }
}

/// <summary>Policies that begin with <c>Forward</c>.</summary>
public static class ForwardPolicy
{
    extension(Policy)
    {
        /// <summary>Sends the latest event of each incident to another Godot server, with what became of the incident.</summary>
        /// <inheritdoc cref="ForwardReactor.extension{T}(T).Forward(string)" path="/*[not(self::summary)]"/>
        public static Policy Forward(string to) => Policy.Nobody.Forward(to);
    }
}
