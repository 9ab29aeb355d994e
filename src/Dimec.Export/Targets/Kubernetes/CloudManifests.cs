namespace Dimec.Export.Targets.Kubernetes;

/// <summary>The deepest tier: as many replicas as its load needs, any of which may go.</summary>
/// <param name="workload">The tier.</param>
internal sealed class CloudManifests(TierWorkload workload)
{
    /// <summary>The files of the base.</summary>
    public IEnumerable<TargetFile> Files() =>
    [
        workload.Kustomization(
            "deployment.yaml", "service.yaml", "autoscaler.yaml", "disruption-budget.yaml", "network-policy.yaml"),
        workload.Configuration(),
        Deployment(),
        workload.Service(),
        Autoscaler(),
        DisruptionBudget(),
        workload.NetworkPolicy(),
    ];

    private TargetFile Deployment() => workload.File(
        "deployment.yaml",
        $"""
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {workload.Name}
        # How many there are is the autoscaler's.
        spec:
          selector:
            matchLabels:
        {workload.Labels(6)}
          strategy:
            type: RollingUpdate
            rollingUpdate:
              maxUnavailable: 0
              maxSurge: 1
        {workload.Template(
            $"""
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: ScheduleAnyway
                labelSelector:
                  matchLabels:
            {workload.Labels(8)}
            """, isOnHost: false)}
        """);

    private TargetFile Autoscaler() => workload.File(
        "autoscaler.yaml",
        $"""
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: {workload.Name}
        spec:
          scaleTargetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: {workload.Name}
          minReplicas: 2
          maxReplicas: 20
          # A tier computes, so its processor's load is its own. Where a metrics adapter is at hand, the time in the queue
          # (queue.ns of GET /v2/models/stats) tells of too few replicas sooner.
          metrics:
            - type: Resource
              resource:
                name: cpu
                target:
                  type: Utilization
                  averageUtilization: 70
          behavior:
            scaleDown:
              stabilizationWindowSeconds: 300

        """);

    private TargetFile DisruptionBudget() => workload.File(
        "disruption-budget.yaml",
        $"""
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata:
          name: {workload.Name}
        spec:
          maxUnavailable: 1
          selector:
            matchLabels:
        {workload.Labels(6)}

        """);
}
