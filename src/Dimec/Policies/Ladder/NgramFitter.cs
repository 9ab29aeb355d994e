using Dimec.Policies.Fitting;

namespace Dimec.Policies.Ladder;

/// <summary>Exit 0 alone, which counts as a single tier: it has nothing to fit.</summary>
internal sealed class NgramFitter() : FixedLadderFitter(LadderFactory.Ngram, PolicyKind.SingleTier)
{
    public override string Source =>
        "Baseline: a linear classifier over n-grams answers everything, before a layer runs (method section 9).";

    public override IReadOnlyList<LadderParameters> Fit(PolicyFitting fitting) =>
        Lack(fitting) is null ? [new LadderParameters([ExitZero(0)])] : [];
}
