using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Dimec.Fuzzing.Network;

/// <summary>Takes requests where Kestrel takes them from its sockets, so that all that is behind it runs as it does in a tier.</summary>
internal sealed class InProcessServer : IServer
{
    private Func<IFeatureCollection, Task>? _process;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Answers a request.</summary>
    /// <param name="features">The request, and room for the answer.</param>
    public Task ProcessAsync(IFeatureCollection features) => _process!(features);

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _process = async features =>
        {
            var context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context);
            }
            finally
            {
                application.DisposeContext(context, null);
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
