using Dimec.Exits.Stacking;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>
/// What people build without exits: a fastText-like classifier on the phone answers what it is sure of, the cloud gets the rest.
/// </summary>
internal sealed class PhoneCloudFitter() : FixedLadderFitter(LadderFactory.PhoneCloud, PolicyKind.Control)
{
    public override string Source => "Baseline: exit 0 on the phone, the cloud for the rest (method section 9).";

    public override bool IsBlindToCosts => true;

    public override IReadOnlyList<LadderParameters> Fit(PolicyFitting fitting)
    {
        if (Lack(fitting) is not null)
            return [];
        var part = fitting.Selection;
        var confidences = Enumerable.Range(0, part.Count).Select(sample => (double)ExitAnswer.Of(part.ZeroLogits(sample)).Confidence);
        var cloud = Cloud(fitting.Costs, StackedExit.Plain([fitting.Costs.Tiers[^1].Depth]));
        return [.. QuantileGrid.ForLowerCut(confidences, fitting.Options.GridLevels)
            .Select(threshold => new LadderParameters([ExitZero(threshold), cloud]))];
    }
}
