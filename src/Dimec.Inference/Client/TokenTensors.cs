using Dimec.Bundles;
using Dimec.OpenInference.Tensors;

namespace Dimec.Inference.Client;

/// <summary>A padded batch of token ids as the tensors of a request.</summary>
internal static class TokenTensors
{
    public static IReadOnlyList<Tensor> Of(TierInput input)
    {
        long[] shape = [input.Batch, input.Length];
        List<Tensor> tensors =
        [
            Tensor.From<long>(TierNames.InputIds, shape, input.Ids.Span),
            Tensor.From<long>(TierNames.AttentionMask, shape, input.Mask.Span),
        ];
        if (!input.Types.IsEmpty)
            tensors.Add(Tensor.From<long>(TierNames.TokenTypeIds, shape, input.Types.Span));
        return tensors;
    }
}
