using Dimec.Checkpoints.Architectures;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>The tensors of one transformer layer.</summary>
internal sealed class LayerParameters
{
    /// <param name="parameters">All tensors.</param>
    /// <param name="architecture">The encoder's family.</param>
    /// <param name="layer">The layer's number, from 0.</param>
    public LayerParameters(Parameters parameters, EncoderArchitecture architecture, int layer)
    {
        var (names, qkv) = (architecture.Layer(layer), ParameterLayout.QkvOf(architecture, layer));
        QkvWeight = parameters[$"{qkv}.weight"];
        QkvBias = parameters[$"{qkv}.bias"];
        AttentionWeight = parameters[$"{names.AttentionOutput}.weight"];
        AttentionBias = parameters[$"{names.AttentionOutput}.bias"];
        AttentionNorm = new NormParameters(parameters, names.AttentionNorm);
        InnerWeight = parameters[$"{names.Inner}.weight"];
        InnerBias = parameters[$"{names.Inner}.bias"];
        OuterWeight = parameters[$"{names.Outer}.weight"];
        OuterBias = parameters[$"{names.Outer}.bias"];
        OutputNorm = new NormParameters(parameters, names.OutputNorm);
    }

    public Tensor QkvWeight { get; }

    public Tensor QkvBias { get; }

    public Tensor AttentionWeight { get; }

    public Tensor AttentionBias { get; }

    public NormParameters AttentionNorm { get; }

    public Tensor InnerWeight { get; }

    public Tensor InnerBias { get; }

    public Tensor OuterWeight { get; }

    public Tensor OuterBias { get; }

    public NormParameters OutputNorm { get; }
}
