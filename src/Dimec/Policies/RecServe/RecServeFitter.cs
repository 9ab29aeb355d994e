using Dimec.Costs;
using Dimec.Policies.Bandits;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.RecServe;

/// <summary>
/// RecServe: each tier but the last keeps its last <see cref="Window"/> confidences, and passes a sample on whose confidence is below
/// their β-quantile; the next tier starts over. What is published is for language models; here a tier's confidence is that of its exit.
/// </summary>
internal sealed class RecServeFitter() : SearchFitter<RecServeParameters>(new RecServeFactory())
{
    /// <summary>How many confidences a tier keeps, that of the sample itself among them.</summary>
    public const int Window = 100;

    public override string Source => "Wu et al. 2025 (RecServe, arXiv 2505.16502): sliding quantiles, with all work charged.";

    public override IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting)
    {
        var levels = fitting.Options.GridLevels;
        return [.. Enumerable.Range(0, levels + 1).Select(level =>
        {
            var parameters = new RecServeParameters(level / (double)levels, fitting.Options.Seed);
            // Who answers does not depend on what tiers cost.
            var tiers = fitting.Memory.GetOrAdd(
                (nameof(RecServeFitter), fitting.Selection, parameters, string.Join(',', fitting.Exits)),
                () => Play(parameters, fitting.Selection, fitting.Exits));
            return new FittedCandidate(parameters, Outcome(tiers, fitting));
        })];
    }

    public override IPolicy CreateMeasured(RecServeParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs)
    {
        var tiers = Play(parameters, part, TierExits.Of(costs, part));
        return new AllottedPolicy(part.Guids.Index().ToDictionary(
            sample => sample.Item,
            sample => (PolicyStep[])[.. Enumerable.Range(0, tiers[sample.Index] + 1).Select(tier => PolicyStep.RunOn(tier))]));
    }

    /// <summary>
    /// The tier that answers each sample, in the part's order; the samples come in an order given by the seed and their names.
    /// </summary>
    private static int[] Play(RecServeParameters parameters, RecordedExits part, IReadOnlyList<int> exits)
    {
        RecentConfidences[] recent = [.. exits.SkipLast(1).Select(_ => new RecentConfidences(Window))];
        var tiers = new int[part.Count];
        foreach (var sample in BanditTable.OrderOf(part, parameters.Seed))
        {
            for (var tier = 0; tier < recent.Length; tier++)
            {
                double confidence = part.Answer(sample, exits[tier]).Confidence;
                recent[tier].Add(confidence);
                if (confidence >= recent[tier].Quantile(parameters.Quantile))
                    break;
                tiers[sample]++;
            }
        }

        return tiers;
    }

    private static FittedOutcome Outcome(int[] tiers, PolicyFitting fitting)
    {
        var (costs, part) = (fitting.Costs, fitting.Selection);
        var (answered, right) = (new int[costs.Tiers.Count], 0);
        for (var sample = 0; sample < tiers.Length; sample++)
        {
            answered[tiers[sample]]++;
            right += part.Answer(sample, fitting.Exits[tiers[sample]]).Label == part.Gold[sample] ? 1 : 0;
        }

        return FittedOutcome.OfRestarts(right, answered, costs);
    }
}
