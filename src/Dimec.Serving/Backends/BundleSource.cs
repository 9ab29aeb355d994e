using Dimec.Bundles;
using Dimec.Inference.Deployments;

namespace Dimec.Serving.Backends;

/// <summary>The bundle in a folder, or the current one of a folder of deployments.</summary>
/// <param name="options">Names the folder.</param>
internal sealed class BundleSource(DimecTierOptions options) : IBackendSource
{
    private readonly BundleTrust? _trust = options.Trust is { } path ? BundleTrust.Read(path) : null;

    /// <summary>A folder of deployments is there to be followed; a bundle's own is loaded again by who says so.</summary>
    public bool IsWatched { get; } = options.ReloadInterval > TimeSpan.Zero && Deployment.Find(options.Bundle) is not null;

    public string Look() => BundleFolder.HashOf(Deployment.CurrentOf(options.Bundle));

    public ITierBackend Open() => BundleBackend.Open(options, _trust);
}
