using Dimec.Planning;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Studies.Ablations;

/// <summary>How every open choice of planning is made: what a switch changes.</summary>
/// <param name="Options">The choices of the search.</param>
/// <param name="Metrics">Whose dynamics make the pools.</param>
/// <param name="Embedding">What e(x) is made of.</param>
public sealed record PlanSetting(PlanningOptions Options, MetricsChoice Metrics, EmbeddingKind Embedding)
{
    /// <summary>How a request makes them.</summary>
    /// <param name="request">The request.</param>
    internal static PlanSetting Of(PlanRequest request) =>
        new(
            request.Options, MetricsChoice.Of(request.Training?.Samples.Origin),
            request.Training?.EmbeddingKind ?? EmbeddingKind.LayerNorm);
}
