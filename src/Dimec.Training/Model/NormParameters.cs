using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>The tensors of one LayerNorm.</summary>
internal sealed class NormParameters(Parameters parameters, string name)
{
    public Tensor Weight { get; } = parameters[name + ".weight"];

    public Tensor Bias { get; } = parameters[name + ".bias"];

    public Tensor Apply(Tensor input, double epsilon) => nn.functional.layer_norm(input, [Weight.shape[0]], Weight, Bias, epsilon);
}
