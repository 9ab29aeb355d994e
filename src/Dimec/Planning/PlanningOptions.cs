using Dimec.Policies.Fitting;
using Dimec.Policies.Resuming;

namespace Dimec.Planning;

/// <summary>How a plan is chosen: the open choices of the method and the drop that is allowed.</summary>
public sealed record PlanningOptions : FittingOptions
{
    /// <summary>Against whom <see cref="MaxDrop"/> is measured where exit 0 was recorded. Default: the better of the two.</summary>
    public DropReference Reference { get; init; } = DropReference.Better;

    /// <summary>
    /// The largest accuracy drop against the cloud on the selection part (see <see cref="Reference"/>), as a fraction, −1 … 1. Default:
    /// 0.005 (half a point).
    /// </summary>
    public double MaxDrop { get; init; } = 0.005;

    /// <summary>
    /// How often the selection part is halved to see what plans lose on samples that had no say in them, 0 … 100: policies that are held to
    /// the stacked cloud are asked for so much less that they lose <see cref="MaxDrop"/> there. 0: for <see cref="MaxDrop"/> itself, which
    /// the cheapest of many candidates keeps partly by luck. Ladders of families have <see cref="Margin"/> in its place. Default: 3.
    /// </summary>
    public int Halvings { get; init; } = 3;

    /// <summary>
    /// By how many standard errors of its drop a ladder of families (<see cref="ThresholdSearch.Families"/>) has to be below
    /// <see cref="MaxDrop"/> on the selection part, 0 … 10. Default: 0.5.
    /// </summary>
    public double Margin { get; init; } = 0.5;

    /// <summary>In what numbers hidden states travel where the plan has a tier go on from another's. Default: as they are.</summary>
    public HiddenStateFormat HiddenStateFormat { get; init; } = HiddenStateFormat.Fp32;

    /// <summary>Whether requests that bring hidden states are compressed. Default: not.</summary>
    public bool CompressHiddenStates { get; init; }

    /// <summary>The defaults.</summary>
    public PlanningOptions()
    {
    }

    /// <summary>
    /// The same for one of many plans that are only looked at together, as those of a cross-fit or of a sweep over costs: the selection
    /// part is halved at most once for each, since most of the time of planning goes into its halves.
    /// </summary>
    public PlanningOptions ForManyPlans() => this with { Halvings = Math.Min(Halvings, 1) };

    /// <summary>The choices that fitting makes, and the defaults of the others.</summary>
    /// <param name="fitting">The choices.</param>
    public PlanningOptions(FittingOptions fitting)
        : base(fitting)
    {
    }

    /// <inheritdoc/>
    public override void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        base.Validate(errors);
        if (!Enum.IsDefined(Reference))
        {
            errors.Add(
                OptionNames.Of<PlanningOptions>(nameof(Reference)), $"is {Reference}",
                $"use one of {string.Join(", ", ChoiceNames.All<DropReference>())}");
        }

        if (Halvings is < 0 or > 100)
            errors.Add(OptionNames.Of<PlanningOptions>(nameof(Halvings)), $"is {Halvings}", "give 0 to 100");
        if (!(Margin is >= 0 and <= 10))
        {
            errors.Add(
                OptionNames.Of<PlanningOptions>(nameof(Margin)), FormattableString.Invariant($"is {Margin}"),
                "give 0 to 10 standard errors");
        }

        if (!Enum.IsDefined(HiddenStateFormat))
        {
            errors.Add(
                OptionNames.Of<PlanningOptions>(nameof(HiddenStateFormat)), $"is {HiddenStateFormat}",
                $"use one of {string.Join(", ", ChoiceNames.All<HiddenStateFormat>())}");
        }

        if (!(MaxDrop is >= -1 and <= 1))
        {
            errors.Add(
                OptionNames.Of<PlanningOptions>(nameof(MaxDrop)), FormattableString.Invariant($"is {MaxDrop}"),
                "give a fraction of −1 … 1, e.g. 0.005 for half a point");
        }
    }
}
