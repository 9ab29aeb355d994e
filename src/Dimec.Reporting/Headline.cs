using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Policies;

namespace Dimec.Reporting;

/// <summary>
/// The result in a few words, which do not flatter: what a plan saves is set against the best single tier that stays within the same drop.
/// </summary>
/// <param name="Verdict">Whether there is a gain, and over what.</param>
/// <param name="Detail">What is saved and what it costs in accuracy, with n and intervals; and the policy that does better, where one does.</param>
/// <param name="Gain">What the plan saves beyond that single tier.</param>
/// <param name="BestSingle">That single tier's row: of those whose drop is no larger than the plan's or the one asked for, the cheapest; else the cloud's.</param>
public sealed record Headline(string Verdict, string Detail, RoutingGain Gain, PolicyEvaluation BestSingle)
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
        var limit = Math.Max(chosen.Drop, maxDrop ?? double.NegativeInfinity);
        var best = Singles(document).Where(row => row.Drop <= limit && row.Name != policy).Append(cloud).MaxBy(row => row.Reduction)!;
        var gain = RoutingGain.Of(chosen.Reduction, chosen.Shares, best.Reduction);
        var detail = Result(chosen, document) + Kept(chosen, maxDrop) + Better(chosen, document, limit);
        return new Headline(VerdictOf(chosen, best, cloud, gain), detail, gain, best);
    }

    /// <summary>The rows that send every sample to one tier.</summary>
    internal static IEnumerable<PolicyEvaluation> Singles(EvaluationDocument document) =>
        document.Policies.Where(row => document.KindOf(row) == PolicyKind.SingleTier);

    private static PolicyEvaluation Row(EvaluationDocument document, string name) =>
        document.Policies.FirstOrDefault(row => row.Name == name)
        ?? throw new InputException("evaluation policies", $"has no row '{name}'", "evaluate the plan and every single tier together");

    private static string VerdictOf(PolicyEvaluation chosen, PolicyEvaluation best, PolicyEvaluation cloud, RoutingGain gain)
    {
        var single = $"{best.Name} only ({Formatting.Percent(best.Reduction)} saved, drop {Formatting.Points(best.Drop)})";
        if (gain.DegenerateTier == chosen.Name)
            return $"No gain from routing: the plan is one tier, {chosen.Name}, for every sample";
        if (gain.DegenerateTier is { } tier)
            return $"No gain: the {chosen.Name} plan is degenerate, it sends {Formatting.Percent(chosen.Shares[tier])} of the samples to {tier}";
        return gain switch
        {
            { Saves: true } when best == cloud => $"{chosen.Name} saves {Formatting.Percent(gain.Beyond)} of the cost of {cloud.Name} only, and no cheaper tier alone stays within the drop",
            { Saves: true } => $"{chosen.Name} saves {Formatting.Percent(gain.Beyond)} of the cloud's cost beyond the best single tier, {single}",
            { Beyond: < -RoutingGain.Match } => $"No gain: {chosen.Name} saves less than the best single tier, {single}",
            _ => $"No gain: {chosen.Name} only matches the best single tier, {single}",
        };
    }

    private static string Result(PolicyEvaluation chosen, EvaluationDocument document) =>
        $"Against {document.Costs.Tiers[^1].Name} only it saves {Formatting.Percent(chosen.Reduction)} at a drop of "
        + $"{Formatting.Points(chosen.Drop, chosen.DropInterval.Lower, chosen.DropInterval.Upper)} points "
        + $"({document.Part}, n = {Formatting.Count(document.N)})";

    /// <summary>The policy that saves most within the same drop, where it is another one and can be served: what a reader would want in the plan's place.</summary>
    private static string Better(PolicyEvaluation chosen, EvaluationDocument document, double limit)
    {
        var best = document.Policies.Where(row => document.KindOf(row) == PolicyKind.Contender && PolicyList.IsServed(row.Name, document.Costs) && row.Drop <= limit).MaxBy(row => row.Reduction);
        return best is null || best.Reduction <= chosen.Reduction + RoutingGain.Match
            ? ""
            : $" Within the same limit, {best.Name} saves {Formatting.Percent(best.Reduction)} at a drop of {Formatting.Points(best.Drop, best.DropInterval.Lower, best.DropInterval.Upper)} points.";
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
        var asked = $"the {Asked(limit)} points that were asked for";
        if (chosen.Drop > limit)
            return $", which is {(Formatting.Points(chosen.Drop) == Formatting.Points(limit) ? "a little " : "")}more than {asked}.";
        return chosen.DropInterval.Upper > limit ? $"; its interval does not rule out more than {asked}." : $", within {asked}.";
    }
}
