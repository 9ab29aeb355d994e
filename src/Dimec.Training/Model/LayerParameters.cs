using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>The tensors of one transformer layer.</summary>
internal sealed class LayerParameters(Parameters parameters, int layer)
{
    public Tensor QkvWeight { get; } = parameters[$"encoder.layer.{layer}.qkv.weight"];

    public Tensor QkvBias { get; } = parameters[$"encoder.layer.{layer}.qkv.bias"];

    public Tensor AttentionWeight { get; } = parameters[$"encoder.layer.{layer}.attention.output.dense.weight"];

    public Tensor AttentionBias { get; } = parameters[$"encoder.layer.{layer}.attention.output.dense.bias"];

    public NormParameters AttentionNorm { get; } = new(parameters, $"encoder.layer.{layer}.attention.output.LayerNorm");

    public Tensor InnerWeight { get; } = parameters[$"encoder.layer.{layer}.intermediate.dense.weight"];

    public Tensor InnerBias { get; } = parameters[$"encoder.layer.{layer}.intermediate.dense.bias"];

    public Tensor OuterWeight { get; } = parameters[$"encoder.layer.{layer}.output.dense.weight"];

    public Tensor OuterBias { get; } = parameters[$"encoder.layer.{layer}.output.dense.bias"];

    public NormParameters OutputNorm { get; } = new(parameters, $"encoder.layer.{layer}.output.LayerNorm");
}
