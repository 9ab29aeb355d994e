using Dimec.Costs;
using Dimec.Policies;
using Dimec.Statistics;

namespace Dimec.Planning.Shadow;

/// <summary>What a plan would have done with what was recorded of a shadow; intervals are of 95 %.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Cost">The mean cost of a sample.</param>
/// <param name="CostInterval">That of other samples like these: the mean ± 1.96 standard errors.</param>
/// <param name="Saved">The share of the reference's cost that is saved.</param>
/// <param name="Differs">The samples that it answers otherwise than the reference.</param>
/// <param name="Share">Their share, which bounds the drop against the reference from above.</param>
/// <param name="ShareInterval">That of other samples like these, Clopper and Pearson's.</param>
public sealed record ShadowArm(
    string Name, double Cost, Interval CostInterval, double Saved, int Differs, double Share, Interval ShareInterval)
{
    private const double Confidence = 0.95;

    /// <summary>The 97.5 % point of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    internal static ShadowArm Of(string name, PolicyRun run, PolicyRun reference, CostStructure costs)
    {
        var n = run.Costs.Count;
        var differs = run.Labels.Zip(reference.Labels).Count(pair => pair.First != pair.Second);
        var squares = run.Costs.Sum(cost => (cost - run.MeanCost) * (cost - run.MeanCost));
        var arm = n < 2 ? 0 : Z * Math.Sqrt(squares / (n - 1) / n);
        return new ShadowArm(
            name, run.MeanCost, new Interval(run.MeanCost - arm, run.MeanCost + arm), 1 - (run.MeanCost / costs.Cloud), differs,
            differs / (double)n, Binomial.ClopperPearson(differs, n, Confidence));
    }
}
