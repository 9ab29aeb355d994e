using Dimec.Serving.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dimec.Serving.Hosting;

/// <summary>Loads the tier while the host starts, so that a bad bundle stops the start and no request waits for the first load.</summary>
internal sealed class TierStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<TierService>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
