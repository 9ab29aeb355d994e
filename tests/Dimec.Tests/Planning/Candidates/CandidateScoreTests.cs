using CsCheck;
using Dimec.Costs;
using Dimec.Planning.Candidates;
using Dimec.Policies.Fitting;
using Dimec.Predictions;
using Dimec.Tests.Policies;

namespace Dimec.Tests.Planning.Candidates;

/// <summary>Candidates at many costs.</summary>
public class CandidateScoreTests
{
    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero();

    [Fact]
    public void What_was_counted_at_other_costs_is_what_counting_anew_gives() =>
        Gen.Select(s_parts, Gen.Double[0.1, 10].Array[3].Array[3]).Sample(
            (part, factors) =>
            {
                var memory = new FittingMemory();
                foreach (var costs in factors.Select(Scaled))
                {
                    foreach (var fitter in FitterList.Default.For(costs))
                    {
                        var (kept, anew) = (Frontier(fitter, memory), Frontier(fitter, new FittingMemory()));
                        Assert.Equal(anew.Count, kept.Count);
                        foreach (var (expected, point) in anew.Zip(kept))
                        {
                            Assert.Equal(expected.Outcome.Cost, point.Outcome.Cost, 1e-9);
                            Assert.Equal(expected.Outcome.Accuracy, point.Outcome.Accuracy);
                            Assert.Equal(expected.Outcome.Shares, point.Outcome.Shares);
                            Assert.Equal(expected.Outcome.AnsweredAt, point.Outcome.AnsweredAt);
                        }
                    }

                    IReadOnlyList<FrontierPoint> Frontier(IPolicyFitter fitter, FittingMemory kept)
                    {
                        var fitting = new PolicyFitting(new SelectionPart(part), costs, new FittingOptions { GridLevels = 4 })
                        {
                            Memory = kept,
                        };
                        return fitter.Lack(fitting) is null
                            ? new CandidateScore(fitting, Dimec.Planning.DropReference.Better).Frontier(fitter, fitting)
                            : [];
                    }
                }
            },
            iter: 10);

    private static CostStructure Scaled(double[] factors) => new(
        Published.Costs.Unit,
        [.. Published.Costs.Tiers.Select((tier, place) => tier with { Layer = factors[place], Offload = place * factors[2] })],
        Published.Costs.Links);
}
