using System.Globalization;
using Dimec.OpenInference;
using Dimec.OpenInference.Grpc.Messages.Configuration;

namespace Dimec.Serving.Extensions;

/// <summary>How a model is set up, in Triton's words; what its load generator asks for before it sends anything.</summary>
internal static class ModelConfiguration
{
    private const string Onnx = "onnxruntime_onnx";
    private const string Bytes = "BYTES";

    /// <summary>The configuration of a model.</summary>
    /// <param name="model">What it takes and gives.</param>
    /// <param name="options">The most rows of a request, and how many run at once.</param>
    public static ModelConfig Of(ModelMetadata model, DimecTierOptions options)
    {
        // Only where each tensor has a row for a row: a client takes the first dimension of the metadata for the batch's then.
        var isBatch = model.Inputs.Concat(model.Outputs).All(tensor => tensor.Shape is [-1, _, ..]);
        return new ModelConfig
        {
            Name = model.Name,
            Platform = model.Platform,
            Backend = model.Platform == Onnx ? "onnxruntime" : model.Platform,
            VersionPolicy = new ModelVersionPolicy
            {
                Specific = new ModelVersionPolicy.Types.Specific
                {
                    Versions = { model.Versions.Select(version => long.Parse(version, CultureInfo.InvariantCulture)) },
                },
            },
            MaxBatchSize = isBatch ? options.MaxBatch : 0,
            Input =
            {
                model.Inputs.Select(tensor => new ModelInput
                {
                    Name = tensor.Name, DataType = TypeOf(tensor), Dims = { DimensionsOf(tensor, isBatch) },
                }),
            },
            Output =
            {
                model.Outputs.Select(tensor => new ModelOutput
                {
                    Name = tensor.Name, DataType = TypeOf(tensor), Dims = { DimensionsOf(tensor, isBatch) },
                }),
            },
            InstanceGroup =
            {
                new ModelInstanceGroup
                {
                    Name = model.Name, Kind = ModelInstanceGroup.Types.Kind.Cpu, Count = options.InstanceCount,
                },
            },
            ModelTransactionPolicy = new ModelTransactionPolicy { Decoupled = false },
        };
    }

    private static IEnumerable<long> DimensionsOf(TensorMetadata tensor, bool isBatch) => tensor.Shape.Skip(isBatch ? 1 : 0);

    /// <summary>The protocol's name, which Triton spells otherwise for BYTES alone.</summary>
    private static DataType TypeOf(TensorMetadata tensor) =>
        Enum.Parse<DataType>($"Type{(tensor.Datatype == Bytes ? "String" : tensor.Datatype)}", ignoreCase: true);
}
