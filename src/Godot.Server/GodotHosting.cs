using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>A server inside a generic host.</summary>
public static class GodotHosting
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds a server that starts and stops with the host: <c>services.AddGodot(server => server.Tcp(9876).React(…))</c>. It is a
        /// singleton, logs to the host's loggers, uses its <see cref="TimeProvider"/> if there is one, and hands its services to outputs;
        /// what its options say wins.
        /// </summary>
        /// <param name="configure">Says what the server listens on and runs.</param>
        /// <exception cref="InvalidOperationException">The host has a server already.</exception>
        public IServiceCollection AddGodot(Action<GodotServer> configure)
        {
            ArgumentNullException.ThrowIfNull(services);
            ArgumentNullException.ThrowIfNull(configure);
            if (services.Any(service => service.ServiceType == typeof(GodotServer)))
                throw new InvalidOperationException(
                    "The host has a Godot server already: say all of it in one AddGodot, any number of inputs and reactors.");
            services.AddSingleton(provider =>
            {
                GodotServer server = new();
                configure(server);
                return server.With(server.Options with { Engine = InHost(server.Options.Engine, provider) });
            });
            return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<GodotServer>());
        }
    }

    static EngineOptions InHost(EngineOptions options, IServiceProvider provider) => options with
    {
        LoggerFactory = options.LoggerFactory == NullLoggerFactory.Instance ? provider.GetService<ILoggerFactory>() ?? options.LoggerFactory
        : options.LoggerFactory,
        TimeProvider = options.TimeProvider == TimeProvider.System ? provider.GetService<TimeProvider>() ?? options.TimeProvider
        : options.TimeProvider,
        Services = options.Services ?? provider,
    };
}
