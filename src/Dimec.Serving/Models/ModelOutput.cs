using System.Globalization;
using System.Numerics.Tensors;
using Dimec.Inference.Protocol;
using Dimec.Serving.Tiers;

namespace Dimec.Serving.Models;

/// <summary>What both models do with what the network gave.</summary>
internal static class ModelOutput
{
    /// <summary>An answer that is no number is a failure of the server, and must not travel as an answer.</summary>
    /// <exception cref="ProtocolException">A logit is NaN or infinite.</exception>
    public static void RequireFinite(string tier, ReadOnlySpan<float> logits)
    {
        if (!TensorPrimitives.IsFiniteAll(logits))
            throw new ProtocolException(ProtocolStatus.Internal, $"the model of tier '{tier}' gave a logit that is not a finite number; export the bundle again");
    }

    public static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities) => TensorPrimitives.SoftMax(logits, probabilities);

    public static int Largest(ReadOnlySpan<float> probabilities) => TensorPrimitives.IndexOfMax(probabilities);

    public static string VersionOf(TierDescription tier) => tier.Revision.ToString(CultureInfo.InvariantCulture);
}
