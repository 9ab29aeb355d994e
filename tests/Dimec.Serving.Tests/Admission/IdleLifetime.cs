using Microsoft.Extensions.Hosting;

namespace Dimec.Serving.Tests.Admission;

/// <summary>Of a host that neither starts nor stops.</summary>
internal sealed class IdleLifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => default;

    public CancellationToken ApplicationStopping => default;

    public CancellationToken ApplicationStopped => default;

    public void StopApplication()
    {
    }
}
