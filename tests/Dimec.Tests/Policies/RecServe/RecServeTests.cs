using CsCheck;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Policies.RecServe;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.RecServe;

/// <summary>RecServe's sliding quantiles, restated sample by sample.</summary>
public class RecServeTests
{
    [Fact]
    public void A_tier_passes_on_what_is_below_the_quantile_of_its_window() =>
        Gen.Select(Parts(), Gen.Double[0, 1]).Sample((part, quantile) =>
    {
        var run = Published.Run("recserve", new { quantile, seed = 3 }, part);
        var windows = new[] { new List<double>(), new List<double>() };
        foreach (var sample in Enumerable.Range(0, part.Count).OrderBy(sample => RandomPolicy.Place(3, part.Guids[sample])))
        {
            var tier = 0;
            for (; tier < 2; tier++)
            {
                double confidence = part.Answer(sample, part.IndexOfExit(2 * (tier + 1))).Confidence;
                windows[tier].Add(confidence);
                double[] last = [.. windows[tier].TakeLast(100).Order()];
                var place = quantile * (last.Length - 1);
                var (low, high) = (last[(int)Math.Floor(place)], last[(int)Math.Ceiling(place)]);
                if (confidence >= low + ((place - Math.Floor(place)) * (high - low)))
                    break;
            }

            Assert.Equal(tier, run.Tiers[sample]);
            Assert.Equal(new[] { 2.0, 7, 16 }[tier], run.Costs[sample]);
        }
    });

    [Fact]
    public void What_the_fit_says_of_a_candidate_is_what_running_it_gives() => Parts().Sample(part =>
    {
        var fitting = new PolicyFitting(new SelectionPart(part), Published.Costs, new FittingOptions { GridLevels = 5 });
        var fitter = new RecServeFitter();
        Assert.Equal(6, fitter.Candidates(fitting).Count);
        foreach (var candidate in fitter.Candidates(fitting))
        {
            var measured = fitter.CreateMeasured((RecServeParameters)candidate.Parameters, Published.Costs, part, Published.Costs);
            var run = PolicyRunner.Run(measured, part, Published.Costs);
            Assert.Equal(run.Right(part).Count(right => right), candidate.Outcome!.Right);
            Assert.Equal(run.MeanCost, candidate.Outcome.Cost, 1e-12);
            Assert.Equal(run.Exits.CountBy(exit => exit).OrderBy(exit => exit.Key), candidate.Outcome.AnsweredAt);
        }
    });

    [Fact]
    public void A_wrong_quantile_is_named() => Assert.Equal(
        "plan parameters.quantile",
        TextFiles.Error(() => Published.Run("recserve", new { quantile = 1.5, seed = 0 }, Parts().Single())).Where);

    /// <summary>Long enough that the window slides.</summary>
    private static Gen<RecordedExits> Parts() => RandomExits.Gen(most: 300);
}
