using Dimec.Bundles;

namespace Dimec.Export.Targets.Kubernetes;

/// <summary>What the manifests of a tier have in common, in the cloud and on edges.</summary>
/// <param name="bundle">The bundle.</param>
/// <param name="tier">The tier.</param>
/// <param name="settings">Image, place of the bundle, cores.</param>
internal sealed class TierWorkload(TargetBundle bundle, BundleTier tier, TargetSettings settings)
{
    /// <summary>The port of the REST side; probes ask it.</summary>
    public const int HttpPort = 8000;

    /// <summary>The port of the gRPC side.</summary>
    public const int GrpcPort = 8001;

    /// <summary>The file of the tier's options, which the pod gets as a ConfigMap's variables.</summary>
    public const string Options = "tier.env";

    private readonly BundleVolume _volume = BundleVolume.Of(settings.Storage!);

    /// <summary>The folder of the manifests.</summary>
    public string Folder => tier.Name;

    /// <summary>What the tier's objects are called.</summary>
    public string Name => $"dimec-{tier.Name}";

    /// <summary>Whether the tier may send hidden states on.</summary>
    public bool SendsOn => bundle.Forward(tier).Any();

    /// <summary>A file of the base.</summary>
    public TargetFile File(string name, string text) => TargetFile.Of($"{Folder}/{name}", text);

    /// <summary>The base's own file.</summary>
    /// <param name="resources">The other files, but that of the options.</param>
    public TargetFile Kustomization(params string[] resources) => File(
        "kustomization.yaml",
        $"""
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        labels:
          - pairs:
              app.kubernetes.io/part-of: dimec
              app.kubernetes.io/version: "{bundle.Manifest.Revision}"
            includeTemplates: true
        resources:
        {string.Join('\n', resources.Select(file => $"  - {file}"))}
        # A change of the options is a new name, and so a roll-out.
        configMapGenerator:
          - name: {Name}
            envs:
              - {Options}

        """);

    /// <summary>The tier's options, a variable each, so that an overlay may change one and leave the others.</summary>
    public TargetFile Configuration() => File(
        Options,
        $"""
        Dimec__Bundle={_volume.Bundle}
        Dimec__Tier={tier.Name}
        Dimec__Address=0.0.0.0
        # TLS and who may ask are the mesh's or the ingress's; docs/security.md has what a tier does by itself.
        Dimec__Insecure=true
        {string.Concat(bundle.Forward(tier).Select(deeper => $"Dimec__Forward__{deeper.Name}=grpc://dimec-{deeper.Name}:{GrpcPort}\n"))}
        """);

    /// <summary>Labels that select the tier's pods; they are none that change with a bundle.</summary>
    /// <param name="indent">The spaces before each line.</param>
    public string Labels(int indent) => TierContainer.Indented(
        indent,
        $"""
        app.kubernetes.io/name: dimec-tier
        app.kubernetes.io/component: {tier.Name}
        """);

    /// <summary>The template of the pods, at its place in a Deployment or DaemonSet.</summary>
    /// <param name="placement">Where the pods run: lines of the pod's specification.</param>
    /// <param name="isOnHost">Whether the ports are the node's own as well.</param>
    public string Template(string placement, bool isOnHost)
    {
        var (request, limit) = TierResources.Memory(bundle, tier, settings.Cores);
        return $"""
              template:
                metadata:
                  labels:
            {Labels(8)}
                spec:
                  # It speaks to no API of the cluster.
                  automountServiceAccountToken: false
                  enableServiceLinks: false
                  # 5 s until no endpoint names it, 20 s for requests under way, 7 s to stop, and 3 s to spare.
                  terminationGracePeriodSeconds: 35
                  securityContext:
                    runAsNonRoot: true
                    runAsUser: {ContainerUser.Id}
                    runAsGroup: {ContainerUser.Id}
                    seccompProfile:
                      type: RuntimeDefault
            {TierContainer.Indented(6, placement)}
                  containers:
                    - name: tier
                      image: {settings.Image}
                      envFrom:
                        - configMapRef:
                            name: {Name}
                      ports:
                        - name: http
                          containerPort: {HttpPort}{(isOnHost ? $"\n              hostPort: {HttpPort}" : "")}
                        - name: grpc
                          containerPort: {GrpcPort}{(isOnHost ? $"\n              hostPort: {GrpcPort}" : "")}
            {TierContainer.Life("http", 10)}
                      # A run a core; memory for the process, its weights, {settings.Cores} runs and what requests bring (docs/engines.md).
                      resources:
                        requests:
                          cpu: "{settings.Cores}"
                          memory: {request}Mi
                        limits:
                          cpu: "{settings.Cores}"
                          memory: {limit}Mi
                      securityContext:
                        allowPrivilegeEscalation: false
                        readOnlyRootFilesystem: true
                        capabilities:
                          drop: ["ALL"]
                      volumeMounts:
                        - name: bundle
                          mountPath: {BundleVolume.Mount}
                          readOnly: true
                        - name: tmp
                          mountPath: /tmp
                  volumes:
                    - name: bundle
            {_volume.Yaml}
                    - name: tmp
                      emptyDir:
                        sizeLimit: 64Mi

            """;
    }

    /// <summary>A Service by which the tier is found in the cluster.</summary>
    public TargetFile Service() => File(
        "service.yaml",
        $"""
        apiVersion: v1
        kind: Service
        metadata:
          name: {Name}
        spec:
          selector:
        {Labels(4)}
          ports:
            - name: http
              port: {HttpPort}
              targetPort: http
              appProtocol: http
            # A connection stays with one pod, and clients keep theirs: a gateway that knows HTTP/2 shares its calls out.
            - name: grpc
              port: {GrpcPort}
              targetPort: grpc
              appProtocol: kubernetes.io/h2c

        """);

    /// <summary>Who may ask the tier, and whom it may ask.</summary>
    public TargetFile NetworkPolicy()
    {
        var egress = SendsOn
            ? $"""
                # It sends on to deeper tiers, whose names it looks up, in this cluster or over TLS in another one; an overlay may narrow it
                # to their addresses, and has to name other ports.
                egress:
                  - ports:
                      - port: {GrpcPort}
                      - port: 443
                  - ports:
                      - port: 53
                        protocol: UDP
                      - port: 53
              """
            : """
                # It asks nobody.
                egress: []
              """;
        return File(
            "network-policy.yaml",
            $"""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: {Name}
            spec:
              podSelector:
                matchLabels:
            {Labels(6)}
              policyTypes: ["Ingress", "Egress"]
              # From anywhere, to these two ports alone; an overlay may add from whom.
              ingress:
                - ports:
                    - port: {HttpPort}
                    - port: {GrpcPort}
            {egress}

            """);
    }
}
