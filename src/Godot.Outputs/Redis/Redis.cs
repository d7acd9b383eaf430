using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Godot;

/// <summary>The verb <c>Redis</c>.</summary>
public static class RedisReactor
{
    extension<T>(T recipe)
        where T : IOutputs<T>
    {
        /// <summary>
        /// Has a function write every event, also every one of a batch, to a Redis server, and passes on what it was handed:
        /// <c>(db, e) => db.StringIncrementAsync(e.Service)</c>. Looks at each event by itself.
        /// </summary>
        /// <remarks>
        /// Events are written in order, one after the other. While the server cannot be reached, 10,000 wait and are tried again; then new
        /// ones are dropped and counted. A write whose answer was lost is made twice. What the server refuses, or the function throws, is
        /// not tried again, and is logged.
        /// </remarks>
        /// <param name="configuration">The server, as StackExchange.Redis writes it: <c>"redis.host.com:6379,password=…"</c>.</param>
        /// <param name="write">Called by one task at a time.</param>
        /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
        /// <exception cref="ArgumentException">The configuration names no server.</exception>
        public T Redis(string configuration, Func<IDatabase, Event, Task> write, [CallerArgumentExpression(nameof(write))] string text = "")
        {
            ArgumentNullException.ThrowIfNull(write);
            RedisRecipe redis = new(configuration, write);
            return recipe.To(redis, $"Redis({redis.Servers}, {text})");
        }
    }
}

/// <summary>Recipes that begin with <c>Redis</c>.</summary>
public static class RedisReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="RedisReactor.extension{T}(T).Redis(string, Func{IDatabase, Event, Task}, string)"/>
        public static Reactor Redis(string configuration, Func<IDatabase, Event, Task> write,
            [CallerArgumentExpression(nameof(write))] string text = "") =>
            Reactor.Empty.Redis(configuration, write, text);
    }
}
