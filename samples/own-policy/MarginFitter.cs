using Dimec.Policies.Fitting;

namespace OwnPolicy;

/// <summary>
/// Fits the policy: candidates at the quantiles of the first exit's margin on the selection part. A phone does not carry it.
/// </summary>
public sealed class MarginFitter() : PolicyFitter<MarginParameters>(new MarginFactory())
{
    public override string Source => "A sample: the margin between the two likeliest classes.";

    public override IReadOnlyList<MarginParameters> Fit(PolicyFitting fitting)
    {
        var part = fitting.Selection;
        double[] margins = [.. Enumerable.Range(0, part.Count).Select(sample => MarginPolicy.Margin(part.Logits(sample, 0))).Order()];
        var levels = fitting.Options.GridLevels;
        return [.. Enumerable.Range(0, levels + 1)
            .Select(level => margins[(int)((margins.Length - 1) * (level / (double)levels))])
            .Append(1.0)
            .Distinct()
            .Select(margin => new MarginParameters(margin))];
    }
}
