using Dimec.Checkpoints;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// One layer as BERT has it (Devlin et al. 2019): attention and feed-forward, each with dropout, residual and LayerNorm after it. In bf16,
/// its matrices and attention are multiplied in bf16, with the weights rounded anew in each step; what runs past them, the residual stream
/// and its LayerNorms, stays fp32.
/// </summary>
internal sealed class TransformerLayer(LayerParameters parameters, EncoderConfig config, Precision precision)
{
    private readonly ScalarType _type = precision == Precision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Runs the layer.</summary>
    /// <param name="hidden">[B·T, H].</param>
    /// <param name="count">B.</param>
    /// <param name="mask">0 at real and −∞ at padded keys, [B, 1, 1, T]; null without padding.</param>
    /// <param name="dropout">Null in evaluation.</param>
    /// <returns>[B·T, H].</returns>
    public Tensor Forward(Tensor hidden, int count, Tensor? mask, Dropout? dropout)
    {
        var attended = Linear(Attend(hidden, count, mask, dropout), parameters.AttentionWeight, parameters.AttentionBias);
        var dropped = config.Architecture.DropsAttentionOutput ? Drop(attended, dropout) : attended;
        var middle = parameters.AttentionNorm.Apply(dropped.add(hidden), config.LayerNormEpsilon);
        var inner = Activate(Linear(middle, parameters.InnerWeight, parameters.InnerBias));
        var outer = Linear(inner, parameters.OuterWeight, parameters.OuterBias);
        return parameters.OutputNorm.Apply(Drop(outer, dropout).add(middle), config.LayerNormEpsilon);
    }

    private Tensor Attend(Tensor hidden, int count, Tensor? mask, Dropout? dropout)
    {
        var tokens = hidden.shape[0] / count;
        var qkv = Linear(hidden, parameters.QkvWeight, parameters.QkvBias);
        var parts = qkv.view(count, tokens, 3, config.Heads, config.HeadSize).permute(2, 0, 3, 1, 4).unbind(0);
        var typed = mask?.to_type(_type);
        var context = dropout is null || config.AttentionDropout == 0
            ? nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], typed)
            : AttendWithDropout(parts, typed, dropout);
        return context.transpose(1, 2).reshape(hidden.shape[0], config.HiddenSize);
    }

    /// <summary>
    /// The fused kernel for processors takes no dropout, and libtorch's own fallback draws from the process's global random stream.
    /// </summary>
    private Tensor AttendWithDropout(Tensor[] parts, Tensor? mask, Dropout dropout)
    {
        var scores = parts[0].mul(1 / Math.Sqrt(config.HeadSize)).matmul(parts[1].transpose(-2, -1));
        if (mask is not null)
            scores = scores.add(mask);
        // Masks are fp32, and so is what they are multiplied with.
        return dropout.Apply(scores.softmax(-1), config.AttentionDropout).to_type(_type).matmul(parts[2]);
    }

    private Tensor Linear(Tensor input, Tensor weight, Tensor bias) =>
        nn.functional.linear(input.to_type(_type), weight.to_type(_type), bias.to_type(_type));

    private Tensor Drop(Tensor input, Dropout? dropout) => dropout?.Apply(input, config.HiddenDropout) ?? input;

    private Tensor Activate(Tensor input) => config.HiddenActivation switch
    {
        Activation.Gelu => input.gelu(),
        Activation.GeluTanh => input.gelu(TorchSharp.Modules.GELU.Approximate.tanh),
        _ => input.relu(),
    };
}
