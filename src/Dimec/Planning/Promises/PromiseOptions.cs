using System.Globalization;
using Dimec.Planning.Promises.Procedures;
using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>
/// What a plan is asked to promise, and how that is tested. Several targets may be given: the plan then promises all of them.
/// </summary>
public sealed record PromiseOptions
{
    /// <summary>1 − δ, the probability with which the promise holds, over 0 and under 1. Default: 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>
    /// The largest drop against the reference, a fraction over 0 and under 1; null for no such target. Default: 0.005 (half a point).
    /// </summary>
    public double? MaxDrop { get; init; } = 0.005;

    /// <summary>The least accuracy, a fraction over 0 and under 1; null, the default, for no such target.</summary>
    public double? MinAccuracy { get; init; }

    /// <summary>The most that a sample may cost, in the costs' unit, over 0; null, the default, for no such target.</summary>
    public double? MaxCost { get; init; }

    /// <summary>
    /// The share of samples that may cost more than <see cref="MaxCost"/>, over 0 and under 1. Default: 0.05, so that the budget is the
    /// 95th percentile.
    /// </summary>
    public double OverBudgetShare { get; init; } = 0.05;

    /// <summary>
    /// What counts as a loss for <see cref="MaxDrop"/>: <see cref="PromiseLoss.Lost"/>, <see cref="PromiseLoss.Paired"/> or
    /// <see cref="PromiseLoss.Differs"/>. Null, the default: <see cref="PromiseLoss.Lost"/> with labels, else
    /// <see cref="PromiseLoss.Differs"/>.
    /// </summary>
    public PromiseLoss? Loss { get; init; }

    /// <summary>The bound's name (<see cref="RiskBounds.All"/>); null, the default, for exact, and betting for signed losses.</summary>
    public string? Bound { get; init; }

    /// <summary>The procedure's name (<see cref="PromiseProcedures.All"/>). Default: fixed-sequence.</summary>
    public string Procedure { get; init; } = FixedSequence.FixedSequenceName;

    /// <summary>Of which samples the promise about answers holds. Default: of all together.</summary>
    public PromiseScope Scope { get; init; } = PromiseScope.All;

    /// <summary>Seeds the halving of samples, where the procedure halves them. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>δ.</summary>
    public double Delta => 1 - Confidence;

    /// <summary>Adds everything that is wrong with the options.</summary>
    /// <param name="errors">Gets the errors.</param>
    public void Validate(InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        CheckShare(Confidence, nameof(Confidence), "0.95", errors);
        CheckShare(MaxDrop, nameof(MaxDrop), "0.005 for half a point", errors);
        CheckShare(MinAccuracy, nameof(MinAccuracy), "0.9", errors);
        CheckShare(OverBudgetShare, nameof(OverBudgetShare), "0.05 for the 95th percentile", errors);
        if (MaxCost is { } cost && !(cost > 0 && double.IsFinite(cost)))
            errors.Add(Name(nameof(MaxCost)), $"is {Text(cost)}", "give a finite cost over 0, in the costs' unit");
        if (MaxDrop is null && MinAccuracy is null && MaxCost is null)
            errors.Add(Name(nameof(MaxDrop)), "is not given, nor another target", "say what is to be promised");
        if (Loss is { } loss && loss is not (PromiseLoss.Lost or PromiseLoss.Paired or PromiseLoss.Differs))
        {
            errors.Add(
                Name(nameof(Loss)), $"is {ChoiceNames.Of(loss)}, which is no loss against a reference",
                $"use {ChoiceNames.Of(PromiseLoss.Lost)}, {ChoiceNames.Of(PromiseLoss.Paired)} or {ChoiceNames.Of(PromiseLoss.Differs)}");
        }

        if (!Enum.IsDefined(Scope))
            errors.Add(Name(nameof(Scope)), $"is {Scope}", $"use one of {string.Join(", ", ChoiceNames.All<PromiseScope>())}");
        CheckBound(errors);
        if (PromiseProcedures.Find(Procedure) is null)
        {
            errors.Add(
                Name(nameof(Procedure)), $"is '{Procedure}'",
                $"use one of {string.Join(", ", PromiseProcedures.All.Select(procedure => procedure.Name))}");
        }
    }

    private static void CheckShare(double? value, string property, string example, InputErrors errors)
    {
        if (value is { } share && !(share is > 0 and < 1))
            errors.Add(Name(property), $"is {Text(share)}", $"give a fraction over 0 and under 1, e.g. {example}");
    }

    private void CheckBound(InputErrors errors)
    {
        if (Bound is not { } name)
            return;
        var bound = RiskBounds.Find(name);
        if (bound is null)
        {
            errors.Add(
                Name(nameof(Bound)), $"is '{name}'", $"use one of {string.Join(", ", RiskBounds.All.Select(known => known.Name))}");
        }
        else if (Loss == PromiseLoss.Paired && !bound.TakesSigned)
        {
            errors.Add(
                Name(nameof(Bound)), $"is '{name}', which takes no losses of −1 as {ChoiceNames.Of(PromiseLoss.Paired)} has them",
                $"use one of {string.Join(", ", RiskBounds.All.Where(known => known.TakesSigned).Select(known => known.Name))}");
        }
    }

    private static string Name(string property) => OptionNames.Of<PromiseOptions>(property);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
