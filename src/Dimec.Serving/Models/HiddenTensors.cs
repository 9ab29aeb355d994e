using Dimec.Inference.Walks;
using Dimec.OpenInference.Tensors;
using Dimec.Policies.Resuming;
using Dimec.Serving.Backends;

namespace Dimec.Serving.Models;

/// <summary>Rows' hidden states as the tensors of an answer, padded to one length.</summary>
internal static class HiddenTensors
{
    /// <param name="rows">For each row its tokens × hidden.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="length">The tokens of the longest.</param>
    /// <param name="format">In what numbers.</param>
    public static IReadOnlyList<Tensor> Of(
        IReadOnlyList<ReadOnlyMemory<float>> rows, TierDescription tier, int length, HiddenStateFormat format)
    {
        var size = length * tier.Shape.HiddenSize;
        var states = new float[rows.Count * size];
        for (var row = 0; row < rows.Count; row++)
            rows[row].Span.CopyTo(states.AsSpan(row * size));
        return HiddenStateCodec.Encode(states, rows.Count, length, format);
    }
}
