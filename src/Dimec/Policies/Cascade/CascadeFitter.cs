using System.Globalization;
using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Cascade;

/// <summary>Fits <see cref="CascadePolicy"/>: thresholds searched over the quantiles of each exit's confidence.</summary>
internal sealed class CascadeFitter() : SearchFitter<CascadeParameters>(new CascadeFactory())
{
    public override string Source =>
        "Confidence threshold at each exit: Teerapittayanon et al. "
        + "2016 (BranchyNet, arXiv 1709.01686), Liu et al. 2022 (ElasticBERT, arXiv 2110.07038).";

    public override IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting) => [.. new CascadeSearch(fitting).Frontier()
        .Select(count => new FittedCandidate(
            new CascadeParameters(count.Thresholds), FittedOutcome.OfRestarts(count.Right, count.Answered, fitting.Costs)))];

    public override IEnumerable<string> SearchNotes(PolicyFitting fitting)
    {
        if (new CascadeSearch(fitting).IsPartial)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The cascade's grid of thresholds is too large to be tried whole: "
                + $"at most {ThresholdCombinations.Most:#,0} combinations of it were, so a better one may exist.");
        }
    }
}
