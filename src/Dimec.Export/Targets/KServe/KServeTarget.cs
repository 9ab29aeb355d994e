using Dimec.Bundles;

namespace Dimec.Export.Targets.KServe;

/// <summary>
/// A Kustomize base for KServe: a ServingRuntime of <c>dimec-tier</c>, which speaks v2 over REST and gRPC, and an InferenceService of each
/// tier that is served by it.
/// </summary>
public sealed class KServeTarget : IExportTarget
{
    private const int HttpPort = 8000;
    private const int GrpcPort = 8001;

    /// <inheritdoc/>
    public string Name => "kserve";

    /// <inheritdoc/>
    public string Purpose => "a serving runtime and inference services for KServe";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Reads { get; } =
        [nameof(TargetSettings.Tiers), nameof(TargetSettings.Image), nameof(TargetSettings.Storage), nameof(TargetSettings.Cores)];

    /// <inheritdoc/>
    public void Validate(TargetSettings settings, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(errors);
        if (settings.Storage is null)
        {
            errors.Add(
                TargetSettings.Name(nameof(TargetSettings.Storage)), "is missing: where KServe finds the bundle",
                "write a storageUri of KServe, e.g. oci+native://registry.example/dimec:1, pvc://claim/bundle or s3://bucket/bundle");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<TargetFile> Files(TargetBundle bundle, TargetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(settings);
        string[] services = [.. bundle.Tiers.Select(tier => $"inference-service-{tier.Name}.yaml")];
        return
        [
            TargetFile.Of(
                "kustomization.yaml",
                $"""
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                labels:
                  - pairs:
                      app.kubernetes.io/part-of: dimec
                      app.kubernetes.io/version: "{bundle.Manifest.Revision}"
                resources:
                  - serving-runtime.yaml
                {string.Join('\n', services.Select(file => $"  - {file}"))}

                """),
            TargetFile.Of("serving-runtime.yaml", Runtime(settings)),
            .. bundle.Tiers.Zip(services, (tier, file) => TargetFile.Of(file, Service(bundle, settings, tier))),
        ];
    }

    private static string Runtime(TargetSettings settings) =>
        $"""
        apiVersion: serving.kserve.io/v1alpha1
        kind: ServingRuntime
        metadata:
          name: dimec-tier
        spec:
          supportedModelFormats:
            - name: dimec
              version: "{BundleManifest.Format}"
              autoSelect: true
              priority: 1
          protocolVersions:
            - v2
            - grpc-v2
          containers:
            - name: kserve-container
              image: {settings.Image}
              env:
                - name: Dimec__Bundle
                  value: /mnt/models
                - name: Dimec__Address
                  value: 0.0.0.0
                # TLS and who may ask are the mesh's or the ingress's; docs/security.md has what a tier does by itself.
                - name: Dimec__Insecure
                  value: "true"
              # The first is the service's port 80; the other keeps its number.
              ports:
                - name: http1
                  containerPort: {HttpPort}
                  protocol: TCP
                - name: h2c
                  containerPort: {GrpcPort}
                  protocol: TCP
        {TierContainer.Life($"{HttpPort}", 6)}
              securityContext:
                allowPrivilegeEscalation: false
                runAsNonRoot: true
                runAsUser: {ContainerUser.Id}
                readOnlyRootFilesystem: true
                capabilities:
                  drop: ["ALL"]
                seccompProfile:
                  type: RuntimeDefault
              volumeMounts:
                - name: tmp
                  mountPath: /tmp
          volumes:
            - name: tmp
              emptyDir:
                sizeLimit: 64Mi

        """;

    private static string Service(TargetBundle bundle, TargetSettings settings, BundleTier tier)
    {
        var (request, limit) = TierResources.Memory(bundle, tier, settings.Cores);
        // KServe calls the service of a predictor so.
        var forward = string.Concat(bundle.Forward(tier).Select(deeper =>
            $"""

                    - name: Dimec__Forward__{deeper.Name}
                      value: grpc://dimec-{deeper.Name}-predictor:{GrpcPort}
            """));
        return $"""
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata:
              name: dimec-{tier.Name}
              annotations:
                # A plain Deployment, whose service has both ports; Knative's would have the first alone.
                serving.kserve.io/deploymentMode: Standard
            spec:
              predictor:
                minReplicas: {(bundle.IsDeepest(tier) ? 2 : 1)}
                maxReplicas: 20
                scaleMetric: cpu
                scaleTarget: 70
                terminationGracePeriodSeconds: 35
                automountServiceAccountToken: false
                model:
                  modelFormat:
                    name: dimec
                    version: "{BundleManifest.Format}"
                  runtime: dimec-tier
                  protocolVersion: v2
                  storageUri: {settings.Storage}
                  env:
                    - name: Dimec__Tier
                      value: {tier.Name}{forward}
                  resources:
                    requests:
                      cpu: "{settings.Cores}"
                      memory: {request}Mi
                    limits:
                      cpu: "{settings.Cores}"
                      memory: {limit}Mi

            """;
    }
}
