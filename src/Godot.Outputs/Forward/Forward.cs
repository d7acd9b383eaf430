using Godot.Recipes;

namespace Godot;

/// <summary>The verb <c>Forward</c>.</summary>
public static class ForwardReactor
{
    extension(Reactor reactor)
    {
        /// <summary>Sends every event to another Godot server, and passes it on. What was not changed is sent byte for byte. Looks at each event by itself.</summary>
        /// <remarks>
        /// Events leave in order, as many at a time as come within ten milliseconds. While the other server cannot be reached, 100,000 wait; then new ones are dropped and counted, as those of any output. What had been
        /// handed to the operating system when a connection broke may arrive twice or not at all: there are no acknowledgements. Over TCP a new connection must stand for a second
        /// before anything is written, so that a server that does not let this one in loses nothing: the attempt fails with its sentence, and all wait. Over UDP nobody notices what is lost.
        /// </remarks>
        /// <param name="to">The server: <c>tcp://host:9876</c>, <c>udp://host:9876</c> or <c>unix:///path</c>.</param>
        /// <exception cref="ArgumentException">It is no such address; the message says what one looks like.</exception>
        public Reactor Forward(string to)
        {
            ForwardRecipe forward = new(to);
            return reactor.Add(new OutputStep(forward.ToString(), forward));
        }
    }

    extension(BatchReactor reactor)
    {
        /// <summary>Sends the events of every batch to another Godot server, and passes the batch on.</summary>
        /// <inheritdoc cref="extension(Reactor).Forward(string)"/>
        public BatchReactor Forward(string to)
        {
            ForwardRecipe forward = new(to);
            return new(reactor, new OutputStep(forward.ToString(), forward));
        }
    }
}

/// <summary>Recipes that begin with <c>Forward</c>.</summary>
public static class ForwardReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="ForwardReactor.extension(Reactor).Forward(string)"/>
        public static Reactor Forward(string to) => Reactor.Empty.Forward(to);
    }
}
