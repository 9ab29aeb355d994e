namespace Dimec.Exits.Ngrams;

/// <summary>
/// Chooses the learning rate. Where n-grams tell the class, weights should grow until the training samples are known by heart (a rate of 1
/// to 3); where they hardly do, that is what spoils it (0.1 to 0.3). Cross-fitting on the training samples tells which it is.
/// </summary>
internal static class RateChoice
{
    private const int Folds = 3;

    /// <summary>More samples than these do not change the choice.</summary>
    private const int Most = 10_000;

    /// <summary>A loss that is above the least by no more than this share is as good: the smaller rate is the surer one.</summary>
    private const double Alike = 0.01;

    /// <summary>Of too few different texts there is nothing to learn it from.</summary>
    private const double Usual = 1;

    /// <summary>Ascending.</summary>
    private static readonly double[] s_rates = [0.1, 0.3, 1, 3];

    public static double Of(IReadOnlyList<NgramSample> samples, int classes, NgramOptions options, CancellationToken cancellationToken)
    {
        // By a hash of the tokens, so that alike texts stay together and the samples' order does not matter.
        NgramSample[] some = [.. samples.OrderBy(sample => NgramFolds.Hash(sample, options.Seed)).Take(Most)];
        if (some.Select(sample => NgramFolds.Hash(sample, options.Seed)).Distinct().Count() < Folds)
            return Usual;
        var targets = new NgramTargets(some, classes, smoothing: 0);
        double[] losses = [.. s_rates.Select(Loss)];
        return s_rates[Array.FindIndex(losses, loss => loss <= (1 + Alike) * losses.Min())];

        double Loss(double rate)
        {
            var logits = NgramTrainer.CrossFit(some, classes, Folds, options with { LearningRate = rate }, cancellationToken);
            return Enumerable.Range(0, some.Length).Sum(i => targets.ToGradient(i, logits.Of(i)));
        }
    }
}
