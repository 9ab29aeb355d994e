using Dimec.Export.Targets;
using k8s;

namespace Dimec.Export.Tests.Targets.KServe;

public sealed class KServeTargetTests(TargetFixture made) : IClassFixture<TargetFixture>
{
    private static readonly Dictionary<string, Type> s_types = new()
    {
        ["serving.kserve.io/v1alpha1/ServingRuntime"] = typeof(ServingRuntime),
        ["serving.kserve.io/v1beta1/InferenceService"] = typeof(InferenceService),
    };

    [Fact]
    public void The_runtime_speaks_v2_over_REST_and_gRPC_and_each_tier_is_a_service_of_it()
    {
        var folder = made.Write("kserve", new TargetSettings { Storage = "oci+native://registry.example/dimec:7" });
        var objects = Read(string.Join("\n---\n", Directory.EnumerateFiles(folder, "*.yaml")
            .Where(path => Path.GetFileName(path) != "kustomization.yaml").Select(File.ReadAllText)));
        Check(objects);
        var runtime = Assert.Single(objects.OfType<ServingRuntime>());
        Assert.Equal(["v2", "grpc-v2"], runtime.Spec.ProtocolVersions);
        var container = Assert.Single(runtime.Spec.Containers);
        Assert.Equal(("kserve-container", "dimec-tier:0.1.0"), (container.Name, container.Image));
        // Of the first port KServe makes the service's port 80; a name of "h2c" tells it of gRPC.
        Assert.Equal(["http1 8000", "h2c 8001"], container.Ports.Select(port => $"{port.Name} {port.ContainerPort}"));
        Assert.Equal("/v2/health/ready", container.ReadinessProbe.HttpGet.Path);
        Assert.True(container.SecurityContext.RunAsNonRoot);

        var services = objects.OfType<InferenceService>().ToDictionary(service => service.Metadata.Name);
        Assert.Equal(["dimec-cloud", "dimec-edge"], services.Keys.Order());
        Assert.All(services.Values, service =>
        {
            var model = service.Spec.Predictor.Model;
            Assert.Equal("Standard", service.Metadata.Annotations["serving.kserve.io/deploymentMode"]);
            Assert.Equal((runtime.Metadata.Name, "oci+native://registry.example/dimec:7"), (model.Runtime, model.StorageUri));
            Assert.Equal(runtime.Spec.SupportedModelFormats[0].Name, model.ModelFormat.Name);
            Assert.Contains(model.ProtocolVersion, runtime.Spec.ProtocolVersions);
        });
        Assert.Equal(
            ["Dimec__Tier=edge", "Dimec__Forward__cloud=grpc://dimec-cloud-predictor:8001"],
            services["dimec-edge"].Spec.Predictor.Model.Env.Select(variable => $"{variable.Name}={variable.Value}"));
        Assert.Equal(2, services["dimec-cloud"].Spec.Predictor.MinReplicas);
    }

    [Fact]
    public async Task Kubectl_renders_the_base() =>
        Check(Read(await OtherProgram.RequireAsync("kubectl", "kustomize", made.Write("kserve"))));

    [Fact]
    public void A_field_that_there_is_not_would_be_noticed() => Assert.ThrowsAny<Exception>(() => Read(
        File.ReadAllText(Path.Combine(made.Write("kserve"), "serving-runtime.yaml"))
            .Replace("readinessProbe:", "readynessProbe:", StringComparison.Ordinal)));

    private static void Check(List<object> objects) => Assert.Equal(
        ["InferenceService", "InferenceService", "ServingRuntime"], objects.Select(one => one.GetType().Name).Order());

    private static List<object> Read(string text) => KubernetesYaml.LoadAllFromString(text, s_types, strict: true);
}
