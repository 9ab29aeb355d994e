using Dimec.Costs;

namespace Dimec.Policies.Dimee;

/// <summary>What <see cref="DimeePolicy"/> is set to.</summary>
/// <param name="Alpha">α, the confidence from which on tier 0 answers, and an exit takes a training sample into its tier's pool.</param>
/// <param name="Temperatures">By exit, the temperature at which confidences are compared.</param>
/// <param name="Centroids">A tier each, the mean pooled state at tier 0's exit; null where the pool is empty.</param>
internal sealed record DimeeParameters(double Alpha, IReadOnlyDictionary<int, double> Temperatures, IReadOnlyList<float[]?> Centroids)
    : PolicyParameters
{
    /// <inheritdoc/>
    public override PolicyNeeds Needs(CostStructure costs) =>
        new() { State = new StateNeed(costs.Tiers[0].Depth, Centroids.OfType<float[]>().First().Length) };
}
