using Dimec.Checkpoints;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>The classifier after one layer.</summary>
internal sealed class ExitHead(Parameters parameters, ModelShape shape, int exit)
{
    private readonly Tensor? _denseWeight = shape.HasPooler ? parameters[$"{ExitNames.Dense(exit)}.weight"] : null;
    private readonly Tensor? _denseBias = shape.HasPooler ? parameters[$"{ExitNames.Dense(exit)}.bias"] : null;
    private readonly Tensor _weight = parameters[$"{ExitNames.Classifier(exit)}.weight"];
    private readonly Tensor _bias = parameters[$"{ExitNames.Classifier(exit)}.bias"];

    /// <summary>The pooled hidden state [B, H] to logits [B, classes].</summary>
    public Tensor Forward(Tensor pooled, Dropout? dropout)
    {
        if (_denseWeight is not null)
        {
            var dense = nn.functional.linear(pooled, _denseWeight, _denseBias).tanh();
            pooled = dropout?.Apply(dense, shape.HeadDropout) ?? dense;
        }

        return nn.functional.linear(pooled, _weight, _bias);
    }
}
