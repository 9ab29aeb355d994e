using Dimec.Evaluation.Metrics;
using Dimec.Policies.Fitting;
using Dimec.Statistics;

namespace Dimec.Evaluation;

/// <summary>How policies are evaluated.</summary>
public sealed record EvaluationOptions
{
    /// <summary>
    /// The task's name, which says whose metrics come first (GLUE's, see <see cref="TaskMetrics"/>); null for a task of one's own.
    /// </summary>
    public string? Task { get; init; }

    /// <summary>The policies that plans may be of. Default: those of this library.</summary>
    public FitterList Policies { get; init; } = FitterList.Default;

    /// <summary>The draws of the bootstrap, 100 … 1,000,000. Default: 10,000.</summary>
    public int BootstrapDraws { get; init; } = PairedDrop.UsualDraws;

    /// <summary>The seed of the bootstrap. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Adds whatever is out of range.</summary>
    /// <param name="errors">Gets it.</param>
    public void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (BootstrapDraws is < 100 or > 1_000_000)
            errors.Add(OptionNames.Of<EvaluationOptions>(nameof(BootstrapDraws)), $"is {BootstrapDraws}", "choose 100 … 1,000,000");
    }
}
