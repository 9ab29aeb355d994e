using Dimec.Predictions;

namespace Dimec.Policies.Hybrid;

/// <summary>A sample's place on the data map as e(x) predicts it.</summary>
/// <param name="Kind">What e(x) is made of.</param>
/// <param name="Confidence">μ.</param>
/// <param name="Variability">σ.</param>
internal sealed record MapModel(EmbeddingKind Kind, LinearModel Confidence, LinearModel Variability);
