using Dimec.Costs;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Agreement;

/// <summary>
/// Fits <see cref="AgreementPolicy"/>: every share that some tier's exits can have, and every tier to begin with; the last one answers
/// whatever the share.
/// </summary>
internal sealed class AgreementFitter() : PolicyFitter<AgreementParameters>(new AgreementFactory())
{
    public override string Source =>
        "Agreement of a tier's exits: Kolawole et al. 2024 (ABC, arXiv 2407.02348), with exits as the ensemble.";

    public override bool IsBlindToCosts => true;

    public override InputError? Lack(PolicyFitting fitting) => AskedBeforeTheLast(fitting).Any() ? null : new InputError(
        $"predictions/{fitting.Selection.Part}.jsonl",
        $"has exits {string.Join(", ", fitting.Selection.Exits)}, where '{Policy.Name}' asks for two at least on a tier before the last",
        "train with more exits, or plan another policy");

    public override IReadOnlyList<AgreementParameters> Fit(PolicyFitting fitting)
    {
        if (Lack(fitting) is not null)
            return [];
        var exits = fitting.Selection.Exits;
        var tiers = fitting.Costs.Tiers;
        int[] ensembles = [.. AskedBeforeTheLast(fitting)];
        var candidates =
            from first in ensembles
            from share in ensembles.Where(tier => tier >= first).SelectMany(Shares).Distinct().Order()
            select (first, share);
        return [.. candidates.Append((first: tiers.Count - 1, share: 1)).Select(candidate =>
            new AgreementParameters(candidate.share, tiers[candidate.first].Name, exits))];

        IEnumerable<double> Shares(int tier)
        {
            var size = exits.Count(exit => exit <= tiers[tier].Depth);
            return Enumerable.Range(2, size - 1).Select(agreed => agreed / (double)size);
        }
    }

    public override bool IsLastTier(AgreementParameters parameters, CostStructure costs) => parameters.First == costs.Tiers[^1].Name;

    private static IEnumerable<int> AskedBeforeTheLast(PolicyFitting fitting) =>
        AgreementFactory.Ensembles(fitting.Selection.Exits, fitting.Costs).Where(tier => tier < fitting.Costs.Tiers.Count - 1);
}
