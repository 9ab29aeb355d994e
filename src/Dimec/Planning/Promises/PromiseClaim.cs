using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>One thing that a promise says: the mean of a loss is at most a limit.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Limit">The limit, over 0 and under 1.</param>
/// <param name="Bound">By what it is tested.</param>
/// <param name="Scope">Of which samples it holds.</param>
public sealed record PromiseClaim(PromiseLoss Loss, double Limit, IRiskBound Bound, PromiseScope Scope)
{
    /// <summary>What options ask to be promised.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="labelled">Whether the samples on which it is tested have labels.</param>
    /// <exception cref="InputException">A target needs labels and there are none.</exception>
    public static IReadOnlyList<PromiseClaim> Of(PromiseOptions options, bool labelled)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (claims, errors) = (new List<PromiseClaim>(), new InputErrors());
        void Add(PromiseLoss loss, double limit, PromiseScope scope) =>
            claims.Add(new PromiseClaim(loss, limit, BoundOf(options, loss), scope));
        if (options.MaxDrop is { } maxDrop)
        {
            var loss = options.Loss ?? (labelled ? PromiseLoss.Lost : PromiseLoss.Differs);
            if (!labelled && loss != PromiseLoss.Differs)
                NeedsLabels(nameof(PromiseOptions.Loss), ChoiceNames.Of(loss), ChoiceNames.Of(PromiseLoss.Differs), errors);
            Add(loss, maxDrop, options.Scope);
        }

        if (options.MinAccuracy is { } accuracy)
        {
            if (!labelled)
                NeedsLabels(nameof(PromiseOptions.MinAccuracy), PlanWords.Number(accuracy, 4), "a drop against the reference", errors);
            Add(PromiseLoss.Wrong, 1 - accuracy, options.Scope);
        }

        // What a sample costs is promised of all samples together, whoever answers them.
        if (options.MaxCost is not null)
            Add(PromiseLoss.OverBudget, options.OverBudgetShare, PromiseScope.All);
        errors.ThrowIfAny();
        return claims;
    }

    /// <summary>A loss of −1 asks for a bound that takes it; of the others the exact one is the strongest.</summary>
    private static IRiskBound BoundOf(PromiseOptions options, PromiseLoss loss)
    {
        var usual = loss == PromiseLoss.Paired ? BettingBound.BettingName : ExactBound.ExactName;
        return RiskBounds.Find(options.Bound ?? usual)!;
    }

    private static void NeedsLabels(string property, string value, string other, InputErrors errors) => errors.Add(
        OptionNames.Of<PromiseOptions>(property), $"is {value}, which needs labels, and the calibration samples have none",
        $"label them, or promise {other}");
}
