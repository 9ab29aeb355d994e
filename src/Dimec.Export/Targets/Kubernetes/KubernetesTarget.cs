namespace Dimec.Export.Targets.Kubernetes;

/// <summary>
/// Kustomize bases for tiers of Dimec, a folder each: the deepest as a Deployment with what a cloud has around it, the others as a
/// DaemonSet on the nodes that are labelled as edges. Overlays say the rest: namespace, registry, replicas, addresses.
/// </summary>
public sealed class KubernetesTarget : IExportTarget
{
    /// <inheritdoc/>
    public string Name => "kubernetes";

    /// <inheritdoc/>
    public string Purpose => "Kustomize bases of tiers for Kubernetes, k3s and KubeEdge";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Reads { get; } =
        [nameof(TargetSettings.Tiers), nameof(TargetSettings.Image), nameof(TargetSettings.Storage), nameof(TargetSettings.Cores)];

    /// <inheritdoc/>
    public void Validate(TargetSettings settings, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(errors);
        BundleVolume.Validate(settings.Storage, errors);
    }

    /// <inheritdoc/>
    public IEnumerable<TargetFile> Files(TargetBundle bundle, TargetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(settings);
        string[] onEdges = [.. bundle.Tiers.Where(tier => !bundle.IsDeepest(tier)).Select(tier => tier.Name)];
        if (onEdges.Length > 1)
        {
            throw new InputException(
                TargetSettings.Name(nameof(TargetSettings.Tiers)),
                $"has {string.Join(" and ", onEdges)}, which would have the same ports of the same edge nodes",
                "name one of them, and the deepest tier");
        }

        return bundle.Tiers.SelectMany(tier =>
        {
            var workload = new TierWorkload(bundle, tier, settings);
            return bundle.IsDeepest(tier) ? new CloudManifests(workload).Files() : new EdgeManifests(workload).Files();
        });
    }
}
