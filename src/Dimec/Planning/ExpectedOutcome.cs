using Dimec.Policies;
using Dimec.Statistics;

namespace Dimec.Planning;

/// <summary>What a plan did on the selection part, and so what may be expected of traffic that is like it.</summary>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="Cost">The mean cost of a sample, in the costs' unit, all work on the way included.</param>
/// <param name="Reduction">1 − Σ cost / Σ cost of the cloud.</param>
/// <param name="Drop">Accuracy of the cloud − accuracy, on the same samples; negative where the plan is better.</param>
/// <param name="Shares">By tier, the share of samples that it answered.</param>
public sealed record ExpectedOutcome(
    double Accuracy, double Cost, double Reduction, double Drop, IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>
    /// By exit (its layer, 0 for exit 0), the share of samples that it answered; exits that answered none are left out, and all are where
    /// the plan does not say.
    /// </summary>
    public IReadOnlyDictionary<int, double> AnsweredAt { get; init; } = new Dictionary<int, double>();

    /// <summary>
    /// The 95 % interval of the drop for other samples like these, as evaluations have it; 0 to 0 for the last tier, which is measured
    /// against itself. It does not allow for the choice of the plan among many on these same samples. Null where the plan does not say.
    /// </summary>
    public Interval? DropInterval { get; init; }

    /// <summary>
    /// Accuracy of the stacked cloud − accuracy, on the same samples (method section 9); null where exit 0 was not recorded or nothing is
    /// stacked.
    /// </summary>
    public double? StackedDrop { get; init; }

    /// <summary>Its 95 % interval, as <see cref="DropInterval"/>.</summary>
    public Interval? StackedDropInterval { get; init; }

    /// <summary>Where samples are answered, exit 0 beside the tiers.</summary>
    public IReadOnlyList<AnswerPlace> Places => AnswerPlace.Of(Shares, AnsweredAt);

    /// <summary>The number of samples of the selection part; null where the plan does not say.</summary>
    public int? N { get; init; }
}
