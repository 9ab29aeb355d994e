using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>The sentences about promises.</summary>
public static class PromiseWords
{
    /// <summary>A promise in one sentence, e.g. for a report.</summary>
    /// <param name="promise">The promise.</param>
    /// <param name="unit">The unit of the plan's costs.</param>
    public static string Of(PlanPromise promise, string unit)
    {
        ArgumentNullException.ThrowIfNull(promise);
        var claims = promise.Claims.Select(claim => Claim(
            claim.Loss, claim.Limit, claim.MaxCost, claim.Scope, promise.Reference ?? "the cloud", unit));
        var evidence = promise.Claims.Select(claim => Evidence(claim, promise.N));
        return PlanWords.Sentence($"Promised with {promise.Confidence:P1} confidence: {string.Join("; ", claims)} ")
            + $"({string.Join("; ", evidence)}).";
    }

    /// <summary>What would attain the next promise: half of this one's drop, or the next cheaper plan.</summary>
    /// <param name="promise">The promise.</param>
    /// <param name="unit">The unit of the plan's costs.</param>
    /// <returns>A sentence each; none where the plan does not say enough.</returns>
    public static IReadOnlyList<string> Next(PlanPromise promise, string unit)
    {
        ArgumentNullException.ThrowIfNull(promise);
        return [.. new[] { Tighter(promise), promise.Next is { } next ? Cheaper(promise, next, unit) : null }.OfType<string>()];
    }

    /// <summary>Why there is no plan where nothing could be tested.</summary>
    /// <param name="reference">The reference's name.</param>
    internal static string NoneIsCheaper(string reference) => $"There is no plan that is cheaper than {reference}.";

    /// <summary>Why there is no plan, and what would do.</summary>
    /// <param name="shortfall">How near the tests came.</param>
    /// <param name="claims">What was to be promised.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="reference">The reference's name.</param>
    /// <param name="nearest">The name of the plan that is nearest.</param>
    /// <param name="unit">The costs' unit.</param>
    internal static string NotPossible(
        PromiseShortfall shortfall, IReadOnlyList<PromiseClaim> claims, PromiseTests tests, PromiseOptions options, string reference,
        string nearest, string unit)
    {
        var asked = string.Join("; ", claims.Select(claim => Claim(
            claim.Loss, claim.Limit, options.MaxCost, claim.Scope, reference, unit)));
        var level = tests.Count == 1 ? "The only plan that is" : PlanWords.Sentence($"None of {tests.Count} plans that are");
        var notShown = level + $" cheaper than {reference} is shown to keep this"
            + PlanWords.Sentence($" with {options.Confidence:P1} confidence on n = {tests.Samples:#,0} samples: {asked}. ");
        var failed = Enumerable.Range(0, claims.Count).Where(claim => shortfall.Attainable[claim] > claims[claim].Limit).ToArray();
        // A sequence that ended before, or a share of δ.
        if (failed.Length == 0)
        {
            return notShown + $"The nearest, {nearest}, would be shown by a test of its own, and not by {options.Procedure} among so many: "
                + "more samples would do for it.";
        }

        var seen = failed.Select(claim =>
        {
            var tally = tests.Worst(shortfall.Nearest, claim);
            var group = tally.N < tests.Samples ? " of the group that shows it least" : "";
            return PlanWords.Sentence($"{Lost(claims[claim].Loss)} in {Count(tally.Plus, tally.Minus)} of {tally.N:#,0}{group}, ")
                + PlanWords.Sentence($"so that up to {shortfall.Attainable[claim]:P2} cannot be ruled out");
        });
        var most = failed.Select(claim => shortfall.Needed[claim]).ToArray();
        var would = most.Contains(null)
            ? "no number of samples like these would do for it"
            : PlanWords.Sentence($"about {most.Max():#,0} samples like these would do for it");
        return notShown + $"The nearest, {nearest}, {string.Join("; ", seen)}; {would}, and these samples show "
            + string.Join(" and ", failed.Select(claim => PlanWords.Sentence($"{shortfall.Attainable[claim]:P2}"))) + " of it.";
    }

    private static string? Tighter(PlanPromise promise)
    {
        if (promise.Drop is not { } drop || drop.Shown(promise.N) is not { N: > 0 } shown
            || RiskBounds.Find(drop.Method) is not { } bound || (shown.IsSigned && !bound.TakesSigned))
        {
            return null;
        }

        var half = PlanWords.Sentence($"Half of that, {PlanWords.Points(drop.Limit / 2)},");
        // Groups grow as the whole does.
        var needed = PromiseShortfall.OfAll(bound.Needed(shown, drop.Limit / 2, 1 - promise.Confidence), shown, promise.N);
        return needed switch
        {
            null => $"{half} no number of samples like these would show of this plan.",
            { } n when n <= promise.N => $"{half} these samples show of it too.",
            { } n => PlanWords.Sentence($"{half} would take about {n:#,0} samples like these to be shown of this plan, ")
                + PlanWords.Sentence($"{n - promise.N:#,0} more than there are."),
        };
    }

    private static string Cheaper(PlanPromise promise, NextPlan next, string unit)
    {
        var plan = PlanWords.Sentence($"The next cheaper plan, {next.Policy} at {PlanWords.Cost(next.Cost, unit)} a sample,");
        var shown = PlanWords.Sentence($"of it these show {next.Attainable:P2}.");
        return next.Needed switch
        {
            null => $"{plan} no number of samples like these would show to keep this; {shown}",
            { } n when n > promise.N => PlanWords.Sentence($"{plan} would take about {n:#,0} samples like these, ")
                + PlanWords.Sentence($"{n - promise.N:#,0} more than there are; {shown}"),
            _ => PlanWords.Sentence($"{plan} is shown to keep this by a test of its own, and not among so many; {shown}"),
        };
    }

    private static string Claim(PromiseLoss loss, double limit, double? maxCost, PromiseScope scope, string reference, string unit)
    {
        var what = loss switch
        {
            PromiseLoss.Differs => PlanWords.Sentence($"its answers differ from {reference}'s in at most {limit:P2} of cases, ")
                + "which is the most that it can be below it",
            PromiseLoss.Wrong => PlanWords.Sentence($"at least {1 - limit:P2} of its answers are right"),
            PromiseLoss.OverBudget =>
                PlanWords.Sentence($"at most {limit:P2} of samples cost more than {PlanWords.Cost(maxCost ?? 0, unit)}"),
            _ => $"at most {PlanWords.Points(limit)} below {reference}",
        };
        return what + scope switch
        {
            PromiseScope.Class => ", in each class as well",
            PromiseScope.Exit => ", at each exit before the last as well",
            _ => "",
        };
    }

    private static string Evidence(PromisedClaim claim, int n) =>
        (claim.Lost is { } lost ? $"{Lost(claim.Loss)} in {Count(lost, claim.Gained ?? 0)} of " + PlanWords.Sentence($"{n:#,0}, ") : "")
        + (claim.Group is { } group && group.N < n
            ? $"in {Count(group.Lost, group.Gained)} of " + PlanWords.Sentence($"{group.N:#,0} of the group that shows it least, ")
            : "")
        + PlanWords.Sentence($"bound {claim.Bound:P2}, {claim.Method}");

    private static string Lost(PromiseLoss loss) => loss switch
    {
        PromiseLoss.Differs => "differs",
        PromiseLoss.Wrong => "is wrong",
        PromiseLoss.OverBudget => "costs more",
        _ => "loses what the reference has right",
    };

    private static string Count(int lost, int gained) => gained > 0
        ? PlanWords.Sentence($"{lost:#,0} and gains in {gained:#,0}")
        : PlanWords.Sentence($"{lost:#,0}");
}
