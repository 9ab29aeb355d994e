using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Entropy;

/// <summary>Fits <see cref="EntropyPolicy"/>: S at the quantiles of the entropies of all exits but the last.</summary>
internal sealed class EntropyFitter() : PolicyFitter<EntropyParameters>(new EntropyFactory())
{
    public override string Source => "Entropy threshold, one for all exits: Xin et al. 2020 (DeeBERT, arXiv 2004.12993).";

    public override bool IsBlindToCosts => true;

    public override IReadOnlyList<EntropyParameters> Fit(PolicyFitting fitting)
    {
        var part = fitting.Selection;
        var entropies = fitting.Exits.SkipLast(1).SelectMany(exit =>
            Enumerable.Range(0, part.Count).Select(sample => (double)Softmax.Entropy(part.Logits(sample, exit))));
        return [.. QuantileGrid.ForLowerCut(entropies, fitting.Options.GridLevels).Select(threshold => new EntropyParameters(threshold))];
    }
}
