using Dimec.Pools;

namespace Dimec.Policies.Fitting;

/// <summary>The choices that the method leaves open, and the grids that are searched.</summary>
public record FittingOptions
{
    /// <summary>Which samples are hard. Default: low confidence.</summary>
    public HardRule Hard { get; init; } = HardRule.LowConfidence;

    /// <summary>What is done to e(x). Default: nothing.</summary>
    public EmbeddingNormalization Embedding { get; init; } = EmbeddingNormalization.None;

    /// <summary>What the reward rewards. Default: confidence.</summary>
    public RewardKind Reward { get; init; } = RewardKind.Confidence;

    /// <summary>How selection samples are routed in the search. Default: by centroids.</summary>
    public SelectionRouting Routing { get; init; } = SelectionRouting.Centroids;

    /// <summary>
    /// Whether each exit's temperature is fitted on the selection part before confidences are compared. Default: yes; off as in the papers.
    /// </summary>
    public bool FitTemperatures { get; init; } = true;

    /// <summary>Whether exits are combined with those passed before them, where a policy knows how. Default: yes.</summary>
    public bool Stack { get; init; } = true;

    /// <summary>What a ladder's thresholds cut. Default: a learned score where there are more than two classes.</summary>
    public ScoreKind Score { get; init; } = ScoreKind.Learned;

    /// <summary>How a ladder's thresholds are searched. Default: families.</summary>
    public ThresholdSearch Thresholds { get; init; } = ThresholdSearch.Families;

    /// <summary>What a hybrid policy's first choice looks at. Default: exit 0 alone.</summary>
    public EntryKind Entry { get; init; } = EntryKind.ExitZero;

    /// <summary>How a tier goes on from another's hidden state, where a policy knows how. Default: the tier that has it sends it.</summary>
    public ResumeRoute Resume { get; init; } = ResumeRoute.Forward;

    /// <summary>
    /// G, 2 … 200: thresholds are searched at the quantiles k/G for k = 0 … G: α at those of μ and β at those of σ of the training samples
    /// (where each tier's own exit judges: α at those of all these exits' μ together, each β at those of its tier's σ), a cascade's at
    /// those of each exit's confidence. Default: 20. Where that would give more than 50,000 combinations (more than five tiers; 10,000 and
    /// more than four where each tier's own exit judges), the grid of β is coarsened to stay below that. Of a cascade's (five tiers and
    /// more) at most 50,000 are tried: a coarser grid, and from the best found there one threshold after the other on
    /// the whole one. The plan notes it.
    /// </summary>
    public int GridLevels { get; init; } = 20;

    /// <summary>
    /// The grid of μ_c, each as μ_c · cost of the cloud, so that one grid fits every unit; finite, 0 or more.
    /// Default: 0 and 40 values from 0.001 to 10, each the same factor above the one before.
    /// </summary>
    public IReadOnlyList<double> RewardWeights { get; init; } =
        [0, .. Enumerable.Range(0, 40).Select(i => Math.Pow(10, -3 + (4 * i / 39.0)))];

    /// <summary>The seed of the random policy. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Adds every option that is out of range.</summary>
    /// <param name="errors">Where to.</param>
    public virtual void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        CheckName(Hard, nameof(Hard), errors);
        CheckName(Embedding, nameof(Embedding), errors);
        CheckName(Reward, nameof(Reward), errors);
        CheckName(Routing, nameof(Routing), errors);
        CheckName(Score, nameof(Score), errors);
        CheckName(Thresholds, nameof(Thresholds), errors);
        CheckName(Entry, nameof(Entry), errors);
        CheckName(Resume, nameof(Resume), errors);
        if (GridLevels is < 2 or > 200)
            errors.Add(OptionNames.Of<FittingOptions>(nameof(GridLevels)), $"is {GridLevels}", "choose 2 … 200");
        if (RewardWeights.Count == 0)
            errors.Add(OptionNames.Of<FittingOptions>(nameof(RewardWeights)), "is empty", "give at least one value");
        foreach (var weight in RewardWeights.Where(weight => !double.IsFinite(weight) || weight < 0))
        {
            errors.Add(
                OptionNames.Of<FittingOptions>(nameof(RewardWeights)), FormattableString.Invariant($"holds {weight}"),
                "use finite values of 0 or more");
        }
    }

    private static void CheckName<T>(T value, string option, InputErrors errors)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            errors.Add(
                OptionNames.Of<FittingOptions>(option), $"is {value}", $"use one of {string.Join(", ", ChoiceNames.All<T>())}");
        }
    }
}
