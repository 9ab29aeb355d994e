using Dimec.Planning.Gains;
using Dimec.Reporting.Studies.Verdicts;
using Dimec.Studies.Seeds;

namespace Dimec.Reporting.Studies;

/// <summary>What a policy saves beyond a rival, in a sentence.</summary>
internal static class GainWords
{
    /// <summary>The sentence.</summary>
    /// <param name="gain">How it stands.</param>
    /// <param name="row">The policy.</param>
    /// <param name="policy">What the policy is called, in the plural.</param>
    /// <param name="rival">What the rival is called.</param>
    /// <param name="beyond">What is saved, and against what.</param>
    /// <param name="allowed">The drop that plans were allowed on the selection part.</param>
    public static string Of(GainStanding gain, SeedsRow row, string policy, string rival, string beyond, double allowed)
    {
        var maxDrop = Formatting.Points(allowed);
        return gain switch
        {
            GainStanding.Gain when row.HeldDrop.Interval.Upper > allowed =>
                VerdictSentences.FormatGainWithDropNotShown(policy: policy, rival: rival, beyond: beyond, maxDrop: maxDrop),
            GainStanding.Gain => VerdictSentences.FormatGain(policy: policy, rival: rival, beyond: beyond),
            GainStanding.Bought => VerdictSentences.FormatGainBought(policy: policy, rival: rival, maxDrop: maxDrop, beyond: beyond),
            GainStanding.Match => VerdictSentences.FormatGainMatch(policy: policy, rival: rival, beyond: beyond),
            GainStanding.Loss => VerdictSentences.FormatGainLoss(policy: policy, rival: rival, beyond: beyond),
            GainStanding.Degenerate => VerdictSentences.FormatGainDegenerate(
                policy: policy, share: Formatting.Percent(row.Places.Max(place => place.Share)),
                tier: RoutingGain.DegenerateIn(row.Places),
                beyond: beyond),
            _ => VerdictSentences.FormatGainNotShown(policy: policy, rival: rival, beyond: beyond),
        };
    }
}
