using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;
using Dimec.OpenInference;
using Dimec.Serving.Backends;

namespace Dimec.Serving.Models;

/// <summary>What both models do with what the network gave.</summary>
internal static class ModelOutput
{
    /// <summary>An answer that is no number is a failure of the server, and must not travel as an answer.</summary>
    /// <param name="tier">The tier whose model it is.</param>
    /// <param name="logits">The logits of a request's rows, rows × classes.</param>
    /// <exception cref="ProtocolException">A logit is NaN or infinite.</exception>
    public static void RequireFinite(TierDescription tier, ReadOnlySpan<float> logits)
    {
        var classes = tier.Labels.Count;
        for (var row = 0; row * classes < logits.Length; row++)
        {
            if (!TensorPrimitives.IsFiniteAll(logits.Slice(row * classes, classes)))
                ThrowNoNumber(tier, row);
        }
    }

    /// <summary>A row has no answer.</summary>
    /// <exception cref="ProtocolException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowNoNumber(TierDescription tier, int row) => throw new ProtocolException(
        ProtocolStatus.Internal,
        $"the model of tier '{tier.Tier}' gave row {row} a logit that is not a finite number; "
        + "leave that row out, or export the bundle again");

    public static string VersionOf(TierDescription tier) => tier.Revision.ToString(CultureInfo.InvariantCulture);
}
