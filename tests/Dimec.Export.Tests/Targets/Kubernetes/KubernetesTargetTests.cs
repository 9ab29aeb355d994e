using Dimec.Export.Targets;
using k8s;
using k8s.Models;

namespace Dimec.Export.Tests.Targets.Kubernetes;

public sealed class KubernetesTargetTests(TargetFixture made) : IClassFixture<TargetFixture>
{
    [Fact]
    public void The_clouds_files_are_read_strictly_as_typed_objects_and_belong_together()
    {
        var objects = Read(Path.Combine(made.Write("kubernetes"), "cloud"));
        var deployment = Single<V1Deployment>(objects);
        CheckPods(deployment.Spec.Selector, deployment.Spec.Template, Single<V1Service>(objects));
        // How many there are is the autoscaler's, and a roll-out takes none away before it has another.
        Assert.Null(deployment.Spec.Replicas);
        Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        var labels = deployment.Spec.Template.Metadata.Labels;
        Assert.Equal(labels, Single<V1PodDisruptionBudget>(objects).Spec.Selector.MatchLabels);
        Assert.Equal(labels, Assert.Single(deployment.Spec.Template.Spec.TopologySpreadConstraints).LabelSelector.MatchLabels);
        var autoscaler = Single<V2HorizontalPodAutoscaler>(objects).Spec;
        Assert.Equal((deployment.Kind, deployment.Name()), (autoscaler.ScaleTargetRef.Kind, autoscaler.ScaleTargetRef.Name));
        Assert.True(autoscaler.MinReplicas >= 2 && autoscaler.MaxReplicas > autoscaler.MinReplicas);
        var policy = Single<V1NetworkPolicy>(objects).Spec;
        Assert.Equal(labels, policy.PodSelector.MatchLabels);
        Assert.Equal(["8000", "8001"], Assert.Single(policy.Ingress).Ports.Select(port => port.Port.Value));
        Assert.Empty(policy.Egress);
        Assert.Equal(5, objects.Count);
    }

    [Fact]
    public void An_edge_runs_on_each_node_that_is_one_and_may_ask_the_cloud()
    {
        var folder = Path.Combine(made.Write("kubernetes"), "edge");
        var objects = Read(folder);
        var set = Single<V1DaemonSet>(objects);
        CheckPods(set.Spec.Selector, set.Spec.Template, Single<V1Service>(objects));
        var pod = set.Spec.Template.Spec;
        Assert.Equal("", pod.NodeSelector["node-role.kubernetes.io/edge"]);
        Assert.Equal("node-role.kubernetes.io/edge", Assert.Single(pod.Tolerations).Key);
        Assert.All(Assert.Single(pod.Containers).Ports, port => Assert.Equal(port.ContainerPort, port.HostPort));
        Assert.Equal(
            ["8001/", "443/", "53/UDP", "53/"],
            Single<V1NetworkPolicy>(objects).Spec.Egress
                .SelectMany(rule => rule.Ports).Select(port => $"{port.Port.Value}/{port.Protocol}"));
        Assert.Equal(
            [
                "Dimec__Bundle=/bundle/models", "Dimec__Tier=edge", "Dimec__Address=0.0.0.0", "Dimec__Insecure=true",
                "Dimec__Forward__cloud=grpc://dimec-cloud:8001",
            ],
            File.ReadAllLines(Path.Combine(folder, "tier.env")).Where(line => line[0] != '#'));
    }

    [Fact]
    public void Where_the_plan_goes_on_from_no_hidden_states_an_edge_asks_nobody()
    {
        using var folder = new TemporaryFolder();
        TinyBundle.Write(folder.File("bundle"));
        var edge = Path.Combine(made.Write("kubernetes", bundle: folder.File("bundle")), "edge");
        Assert.Empty(Single<V1NetworkPolicy>(Read(edge)).Spec.Egress);
        Assert.DoesNotContain("Forward", File.ReadAllText(Path.Combine(edge, "tier.env")), StringComparison.Ordinal);
    }

    [Fact]
    public void Image_claim_and_cores_are_those_that_were_given()
    {
        var folder = Path.Combine(
            made.Write("kubernetes", new TargetSettings
            {
                Image = "registry.example:5000/dimec-tier@sha256:0123abcd",
                Storage = "pvc://models/sentiment/7",
                Cores = 4,
                Tiers = ["cloud"],
            }),
            "cloud");
        var pod = Single<V1Deployment>(Read(folder)).Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);
        Assert.Equal("registry.example:5000/dimec-tier@sha256:0123abcd", container.Image);
        Assert.Equal("models", pod.Volumes.Single(volume => volume.Name == "bundle").PersistentVolumeClaim.ClaimName);
        Assert.Contains("Dimec__Bundle=/bundle/sentiment/7", File.ReadAllLines(Path.Combine(folder, "tier.env")));
        Assert.Equal(("4", "4"), ($"{container.Resources.Requests["cpu"]}", $"{container.Resources.Limits["cpu"]}"));
        // 110 MiB for the process, 128 for requests, 64 a run, in steps of 64; the weights of this bundle are less than one.
        Assert.Equal("256Mi", $"{container.Resources.Requests["memory"]}");
        Assert.Equal("512Mi", $"{container.Resources.Limits["memory"]}");
    }

    [Theory]
    [InlineData("cloud", 6)]
    [InlineData("edge", 4)]
    public async Task Kubectl_renders_the_base_and_names_the_options_by_their_content(string tier, int objects)
    {
        var rendered = await OtherProgram.RequireAsync("kubectl", "kustomize", Path.Combine(made.Write("kubernetes"), tier));
        var read = KubernetesYaml.LoadAllFromString(rendered, null, strict: true);
        var options = Single<V1ConfigMap>(read);
        Assert.StartsWith($"dimec-{tier}-", options.Name(), StringComparison.Ordinal);
        Assert.Equal(tier, options.Data["Dimec__Tier"]);
        var template = read.OfType<V1Deployment>().Select(one => one.Spec.Template)
            .Concat(read.OfType<V1DaemonSet>().Select(one => one.Spec.Template)).Single();
        Assert.Equal(options.Name(), Assert.Single(Assert.Single(template.Spec.Containers).EnvFrom).ConfigMapRef.Name);
        Assert.Equal("7", template.Metadata.Labels["app.kubernetes.io/version"]);
        Assert.Equal(objects, read.Count);
    }

    /// <summary>What holds of every tier's pods.</summary>
    private static void CheckPods(V1LabelSelector selector, V1PodTemplateSpec template, V1Service service)
    {
        Assert.Equal(template.Metadata.Labels, selector.MatchLabels);
        Assert.Equal(template.Metadata.Labels, service.Spec.Selector);
        var pod = template.Spec;
        var container = Assert.Single(pod.Containers);
        var ports = container.Ports.ToDictionary(port => port.Name, port => port.ContainerPort);
        Assert.All(service.Spec.Ports, port => Assert.Equal(port.Port, ports[port.TargetPort.Value]));
        Assert.Equal("kubernetes.io/h2c", service.Spec.Ports.Single(port => port.Name == "grpc").AppProtocol);
        Assert.Equal(
            ("/v2/health/ready", "/v2/health/ready", "/v2/health/live"),
            (container.StartupProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path));
        Assert.All(
            new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe },
            probe => Assert.Equal(8000, ports[probe.HttpGet.Port.Value]));
        // 20 s for requests under way and 7 s to stop, after the pause in which endpoints forget it.
        Assert.True(pod.TerminationGracePeriodSeconds >= container.Lifecycle.PreStop.Sleep.Seconds + 27);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal(1654, pod.SecurityContext.RunAsUser);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.Equal(pod.Volumes.Select(volume => volume.Name).Order(), container.VolumeMounts.Select(mount => mount.Name).Order());
    }

    private static List<object> Read(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml")
            .Where(path => Path.GetFileName(path) != "kustomization.yaml")
            .SelectMany(path => KubernetesYaml.LoadAllFromString(File.ReadAllText(path), null, strict: true))];

    private static T Single<T>(IEnumerable<object> objects) => Assert.Single(objects.OfType<T>());
}
