using Dimec.Training.Data;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>Turns the hidden states of a batch's tokens [B·T, H] into one vector a sample [B, H].</summary>
internal sealed class Pooling(Batch batch, bool mean)
{
    private readonly Tensor? _real = mean && batch.IsPadded ? batch.RealTokens() : null;
    private readonly Tensor? _counts = mean && batch.IsPadded ? batch.TokenCounts() : null;

    /// <summary>[CLS], or the mean over all real tokens.</summary>
    public Tensor Apply(Tensor hidden)
    {
        var tokens = hidden.view(batch.Count, batch.Length, -1);
        if (!mean)
            return tokens.select(1, 0);
        return _real is null ? tokens.mean([1]) : tokens.mul(_real).sum(1).div(_counts!);
    }
}
