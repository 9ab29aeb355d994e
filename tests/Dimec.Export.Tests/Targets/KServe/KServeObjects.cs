using k8s.Models;

namespace Dimec.Export.Tests.Targets.KServe;

/// <summary>
/// The fields that we use of KServe's ServingRuntime (serving.kserve.io/v1alpha1), as its definition of August 2026 has them
/// (config/crd/full/serving.kserve.io_servingruntimes.yaml); strict reading refuses any other.
/// </summary>
public sealed class ServingRuntime
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public RuntimeSpec Spec { get; set; } = new();

    public sealed class RuntimeSpec
    {
        public IList<ModelFormat> SupportedModelFormats { get; set; } = [];

        public IList<string> ProtocolVersions { get; set; } = [];

        public IList<V1Container> Containers { get; set; } = [];

        public IList<V1Volume> Volumes { get; set; } = [];
    }

    public sealed class ModelFormat
    {
        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public bool AutoSelect { get; set; }

        public int Priority { get; set; }
    }
}

/// <summary>
/// The same of its InferenceService (serving.kserve.io/v1beta1, config/crd/full/serving.kserve.io_inferenceservices.yaml).
/// </summary>
public sealed class InferenceService
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public ServiceSpec Spec { get; set; } = new();

    public sealed class ServiceSpec
    {
        public PredictorSpec Predictor { get; set; } = new();
    }

    public sealed class PredictorSpec
    {
        public int MinReplicas { get; set; }

        public int MaxReplicas { get; set; }

        public string ScaleMetric { get; set; } = "";

        public int ScaleTarget { get; set; }

        public long TerminationGracePeriodSeconds { get; set; }

        public bool AutomountServiceAccountToken { get; set; }

        public ModelSpec Model { get; set; } = new();
    }

    public sealed class ModelSpec
    {
        public FormatName ModelFormat { get; set; } = new();

        public string Runtime { get; set; } = "";

        public string ProtocolVersion { get; set; } = "";

        public string StorageUri { get; set; } = "";

        public IList<V1EnvVar> Env { get; set; } = [];

        public V1ResourceRequirements Resources { get; set; } = new();
    }

    public sealed class FormatName
    {
        public string Name { get; set; } = "";

        public string Version { get; set; } = "";
    }
}
