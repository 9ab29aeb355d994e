using Dimec.Evaluation;
using Dimec.Evaluation.Gains;
using Dimec.Planning.Gains;
using Dimec.Policies;

namespace Dimec.Reporting;

/// <summary>
/// The result in a few words, which do not flatter: what a plan saves is set against the best single tier that stays within the same drop,
/// and against phone → cloud where that saves more.
/// </summary>
/// <param name="Verdict">Whether there is a gain, and over what.</param>
/// <param name="Detail">What is saved and what it costs in accuracy, with n and intervals;
/// and the policy that does better, where one does.</param>
/// <param name="Gain">What the plan saves beyond the rival that saves most.</param>
/// <param name="Rival">That rival's name: the single tier's or that of phone → cloud.</param>
/// <param name="RivalReduction">What it saves.</param>
/// <param name="BestSingle">The single tier's row: of those whose drop is no larger than the plan's or the one asked for, the cheapest;
/// else the cloud's.</param>
public sealed record Headline(
    string Verdict, string Detail, RoutingGain Gain, string Rival, double RivalReduction, PolicyEvaluation BestSingle)
{
    /// <summary>The verdict and its detail.</summary>
    public string Sentence => $"{Verdict}. {Detail}";

    /// <summary>Makes the headline.</summary>
    /// <param name="document">The evaluation; it has a row for the last tier, the cloud.</param>
    /// <param name="policy">The name of the row of the chosen plan.</param>
    /// <param name="maxDrop">The largest drop that was asked for, 0.005 is half a point; null where none was.</param>
    /// <exception cref="InputException">The evaluation has no row for the policy or for the cloud.</exception>
    public static Headline Of(EvaluationDocument document, string policy, double? maxDrop = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var chosen = Row(document, policy);
        var cloud = Row(document, document.Costs.Tiers[^1].Name);
        var isStacked = chosen.IsHeldToStackedCloud;
        var drop = chosen.DropOf(isStacked);
        var tiers = Singles(document).Select(row => new RivalOutcome(row.Name, row.Cost, row.Reduction, row.DropOf(isStacked)));
        // Where no tier stays within the drop, it is the cloud that savings are measured from.
        var best = CheapestRival.Of(tiers, policy, drop, maxDrop) is { } single ? Row(document, single.Name) : cloud;
        var phone = chosen.BeyondPhoneCloud is { } beyond && beyond.Reduction > best.Reduction ? beyond : null;
        var rival = phone?.Reduction ?? best.Reduction;
        var gain = RoutingGain.Of(chosen.Reduction, chosen.Places, rival);
        var detail = Result(chosen, document)
            + Kept(chosen, maxDrop) + Better(chosen, document, CheapestRival.Limit(drop, maxDrop));
        var verdict = phone is null || gain.DegenerateTier is not null
            ? VerdictOf(document, chosen, best, cloud, gain)
            : VerdictOf(chosen, phone, gain);
        return new Headline(verdict, detail, gain, phone?.Rival ?? best.Name, rival, best);
    }

    /// <summary>The rows that send every sample to one tier.</summary>
    internal static IEnumerable<PolicyEvaluation> Singles(EvaluationDocument document) =>
        document.Policies.Where(row => document.KindOf(row) == PolicyKind.SingleTier);

    private static PolicyEvaluation Row(EvaluationDocument document, string name) =>
        document.Policies.FirstOrDefault(row => row.Name == name)
        ?? throw new InputException("evaluation policies", $"has no row '{name}'", "evaluate the plan and every single tier together");

    private static string VerdictOf(PolicyEvaluation chosen, RivalGain phone, RoutingGain gain)
    {
        var rival = HeadlineSentences.FormatPhoneCloud(
            saved: Formatting.Percent(phone.Reduction), drop: Formatting.Points(phone.Drop));
        return gain switch
        {
            { Saves: true } => HeadlineSentences.FormatGainOverPhoneCloud(
                policy: chosen.Name, beyond: Formatting.Percent(gain.Beyond), rival: rival),
            { Beyond: < -RoutingGain.Match } => HeadlineSentences.FormatLossToPhoneCloud(policy: chosen.Name, rival: rival),
            _ => HeadlineSentences.FormatMatchOfPhoneCloud(policy: chosen.Name, rival: rival),
        };
    }

    private static string VerdictOf(
        EvaluationDocument document, PolicyEvaluation chosen, PolicyEvaluation best, PolicyEvaluation cloud, RoutingGain gain)
    {
        var single = HeadlineSentences.FormatSingleTier(
            tier: best.Name, saved: Formatting.Percent(best.Reduction),
            drop: Formatting.Points(best.DropOf(chosen.IsHeldToStackedCloud)));
        if (document.KindOf(chosen) == PolicyKind.SingleTier)
            return HeadlineSentences.FormatOneTier(tier: chosen.Name);
        if (gain.DegenerateTier is { } tier)
        {
            var share = chosen.Places.First(place => place.Name == tier).Share;
            return HeadlineSentences.FormatDegenerate(policy: chosen.Name, share: Formatting.Percent(share), tier: tier);
        }

        var beyond = Formatting.Percent(gain.Beyond);
        return gain switch
        {
            { Saves: true } when best == cloud =>
                HeadlineSentences.FormatGainOverCloud(policy: chosen.Name, beyond: beyond, cloud: cloud.Name),
            { Saves: true } => HeadlineSentences.FormatGainOverSingle(policy: chosen.Name, beyond: beyond, single: single),
            { Beyond: < -RoutingGain.Match } => HeadlineSentences.FormatLoss(policy: chosen.Name, single: single),
            _ => HeadlineSentences.FormatMatch(policy: chosen.Name, single: single),
        };
    }

    private static string Result(PolicyEvaluation chosen, EvaluationDocument document) => HeadlineSentences.FormatAgainstCloud(
        cloud: chosen.Reference ?? document.Costs.Tiers[^1].Name, saved: Formatting.Percent(chosen.Reduction),
        drop: Drop(chosen, chosen.IsHeldToStackedCloud),
        part: document.Part, n: Formatting.Count(document.N));

    /// <summary>
    /// The policy that saves most within the same drop, where it is another one and can be served:
    /// what a reader would want in the plan's place.
    /// </summary>
    private static string Better(PolicyEvaluation chosen, EvaluationDocument document, double limit)
    {
        var best = document.Policies.Where(row => document.KindOf(row) == PolicyKind.Contender
            && document.KnownPolicies.IsServed(row.Name, document.Costs)
            && row.DropOf(chosen.IsHeldToStackedCloud) <= limit).MaxBy(row => row.Reduction);
        return best is null || best.Reduction <= chosen.Reduction + RoutingGain.Match
            ? ""
            : " " + HeadlineSentences.FormatBetter(
                policy: best.Name, saved: Formatting.Percent(best.Reduction), drop: Drop(best, chosen.IsHeldToStackedCloud));
    }

    private static string Drop(PolicyEvaluation row, bool isStacked)
    {
        var interval = row.DropIntervalOf(isStacked);
        return Formatting.Points(row.DropOf(isStacked), interval.Lower, interval.Upper);
    }

    /// <summary>With as many decimals as it takes: 0.05 points are not 0.1.</summary>
    private static string Asked(double limit)
    {
        var decimals = Enumerable.Range(1, 6).FirstOrDefault(digits => Math.Abs(Math.Round(limit * 100, digits) - (limit * 100)) < 1e-9, 6);
        return Formatting.Number(limit * 100, decimals);
    }

    private static string Kept(PolicyEvaluation chosen, double? maxDrop)
    {
        if (maxDrop is not { } limit)
            return ".";
        var (asked, drop) = (Asked(limit), chosen.DropOf(chosen.IsHeldToStackedCloud));
        if (drop > limit && Formatting.Points(drop) == Formatting.Points(limit))
            return HeadlineSentences.FormatDropIsALittleMore(points: asked);
        if (drop > limit)
            return HeadlineSentences.FormatDropIsMore(points: asked);
        return chosen.DropIntervalOf(chosen.IsHeldToStackedCloud).Upper > limit
            ? HeadlineSentences.FormatDropIsNotRuledOut(points: asked)
            : HeadlineSentences.FormatDropIsWithin(points: asked);
    }
}
