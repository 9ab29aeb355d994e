namespace Dimec.Export.Targets.Kubernetes;

/// <summary>
/// A tier on each node that is an edge: those with the label <c>node-role.kubernetes.io/edge</c>, which KubeEdge gives its nodes and k3s
/// leaves to its administrator. Devices ask the box that is near them, by its own address.
/// </summary>
/// <param name="workload">The tier.</param>
internal sealed class EdgeManifests(TierWorkload workload)
{
    private const string Role = "node-role.kubernetes.io/edge";

    /// <summary>The files of the base.</summary>
    public IEnumerable<TargetFile> Files() =>
    [
        workload.Kustomization("daemon-set.yaml", "service.yaml", "network-policy.yaml"),
        workload.Configuration(),
        DaemonSet(),
        workload.Service(),
        workload.NetworkPolicy(),
    ];

    private TargetFile DaemonSet() => workload.File(
        "daemon-set.yaml",
        $"""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: {workload.Name}
        spec:
          selector:
            matchLabels:
        {workload.Labels(6)}
          updateStrategy:
            type: RollingUpdate
            rollingUpdate:
              maxUnavailable: 10%
        {workload.Template(
            $"""
            nodeSelector:
              {Role}: ""
            tolerations:
              - key: {Role}
                operator: Exists
                effect: NoSchedule
            """, isOnHost: true)}
        """);
}
