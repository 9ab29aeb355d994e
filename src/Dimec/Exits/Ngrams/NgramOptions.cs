namespace Dimec.Exits.Ngrams;

/// <summary>
/// How an n-gram exit is trained. The defaults were chosen on parts split off train; <c>docs/ngram-exit.md</c> has the figures.
/// </summary>
public sealed record NgramOptions
{
    internal const int FewestBits = 10;
    internal const int MostBits = 22;

    /// <summary>Passes over the training samples, 1 … 1,000. Default: 15.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>
    /// η of AdaGrad, over 0 and at most 100; it falls linearly to 0. What is best depends on how much the texts tell, so by default it is
    /// the smallest of 0.1, 0.3, 1 and 3 whose cross-fitted loss on the training samples is within 1 % of the least (3 folds of at most
    /// 10,000 of them).
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>
    /// s, 0 … 0.5: the targets are (1 − s) · target + s / classes, so that weights stop growing where a text is answered rightly.
    /// Default: 0.1.
    /// </summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>The n-grams are hashed into 2^bits buckets, 10 … 22. Default: 20.</summary>
    public int TableBits { get; init; } = 20;

    /// <summary>Decides the order of the samples; any number. Default: 0. The same seed gives the same weights.</summary>
    public long Seed { get; init; }

    /// <summary>Adds every option that is out of range.</summary>
    /// <param name="errors">Where to.</param>
    public void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (Epochs is < 1 or > 1000)
            Add(nameof(Epochs), $"is {Epochs}", "choose 1 … 1,000");
        if (LearningRate is not (null or (> 0 and <= 100)))
            Add(nameof(LearningRate), FormattableString.Invariant($"is {LearningRate}"), "choose a number over 0 and at most 100");
        if (!(LabelSmoothing is >= 0 and <= 0.5))
            Add(nameof(LabelSmoothing), FormattableString.Invariant($"is {LabelSmoothing}"), "choose 0 … 0.5");
        if (TableBits is < FewestBits or > MostBits)
            Add(nameof(TableBits), $"is {TableBits}", $"choose {FewestBits} … {MostBits}");

        void Add(string option, string problem, string fix) =>
            errors.Add(OptionNames.Of<NgramOptions>(option), problem, fix);
    }
}
