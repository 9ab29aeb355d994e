using System.Collections.Concurrent;
using Dimec.Serving;
using Dimec.Serving.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dimec.Fuzzing.Network;

/// <summary>A tier of a tiny bundle in this process; its log must stay empty, as what a caller sends is no failure of the
/// server's.</summary>
internal sealed class TierHost : ILoggerProvider
{
    /// <summary>The largest body that it takes.</summary>
    public const int MaxBodyBytes = 256 << 10;

    private readonly ConcurrentQueue<string> _log = new();
    private readonly WebApplication _app;

    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="tier">The tier.</param>
    public TierHost(string bundle, string tier)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(this);
        builder.WebHost.UseServer(Server);
        builder.Services.AddSingleton<IServer>(Server);
        builder.Services.AddRoutingCore();
        builder.Services.AddDimecTier(options =>
        {
            (options.Bundle, options.Tier, options.InstanceCount) = (bundle, tier, 1);
            (options.MaxBodyBytes, options.MaxInFlightBytes) = (MaxBodyBytes, 16 * MaxBodyBytes);
            // Other tiers are not there, and it must not take long to find out.
            options.ForwardTimeout = TimeSpan.FromMilliseconds(50);
        });
        _app = builder.Build();
        _app.MapDimecTier();
        _app.MapFallback("{**path}", RestTierEndpoints.UnknownAsync);
        _app.StartAsync().GetAwaiter().GetResult();
    }

    public InProcessServer Server { get; } = new();

    /// <summary>Holds the log to it. That a row gives no number is said there: whether the model or what it was sent is to blame is not
    /// known, and hidden states can be sent that no layer turns into numbers.</summary>
    public void CheckLog()
    {
        while (_log.TryDequeue(out var entry))
        {
            if (!entry.Contains("a logit that is not a finite number", StringComparison.Ordinal))
                throw new BrokenPromiseException($"the tier logged: {entry}");
        }
    }

    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, _log);

    public void Dispose()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_app).Dispose();
    }

    private sealed class Collector(string category, ConcurrentQueue<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
