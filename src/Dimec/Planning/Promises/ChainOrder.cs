namespace Dimec.Planning.Promises;

/// <summary>
/// From everything that was found to the plans that are tested, and their order. All of it looks at the selection part alone.
/// </summary>
internal static class ChainOrder
{
    /// <summary>Costs are told apart by so many levels up to the reference's; one plan a level is tested.</summary>
    public const int CostLevels = 100;

    /// <summary>
    /// The plans that get the most right at each level of cost, but for levels where a cheaper one gets more; or all levels'.
    /// </summary>
    /// <param name="found">What was found, each cheaper than the reference.</param>
    /// <param name="most">The reference's cost.</param>
    /// <param name="levels">The number of levels.</param>
    /// <param name="keepAll">Whether a level stays where a cheaper one gets more right.</param>
    /// <typeparam name="T">What a plan is.</typeparam>
    public static IEnumerable<T> Thinned<T>(
        IEnumerable<(T Plan, double Cost, int Right)> found, double most, int levels, bool keepAll)
    {
        var mostRight = -1;
        foreach (var level in found.GroupBy(plan => (int)(plan.Cost / most * levels)).OrderBy(level => level.Key))
        {
            // Of equals the dearer, which answers early less often.
            var best = level.OrderByDescending(plan => plan.Right).ThenByDescending(plan => plan.Cost).First();
            if (best.Right < mostRight && !keepAll)
                continue;
            mostRight = Math.Max(mostRight, best.Right);
            yield return best.Plan;
        }
    }

    /// <summary>The plans that none of a better price keeps the claims better than, the dearest first.</summary>
    /// <param name="plans">The plans.</param>
    /// <param name="price">What one has to be cheap by.</param>
    /// <param name="risk">How near it is to breaking a claim.</param>
    /// <typeparam name="T">What a plan is.</typeparam>
    public static IReadOnlyList<T> Front<T>(IEnumerable<T> plans, Func<T, double> price, Func<T, double> risk)
    {
        var front = new List<T>();
        var least = double.PositiveInfinity;
        foreach (var plan in plans.OrderBy(price).ThenBy(risk))
        {
            if (risk(plan) > least)
                continue;
            least = risk(plan);
            front.Add(plan);
        }

        front.Reverse();
        return front;
    }

    /// <summary>
    /// Where a claim is of each early exit, the plans from the one on that the selection part shows best. The dearest answer early the
    /// least often, so that a group of theirs is too small to show anything, and a sequence that began with them would end there.
    /// </summary>
    /// <param name="front">The plans, the dearest first.</param>
    /// <param name="claims">What is claimed.</param>
    /// <param name="pValue">The p-value of a plan on the selection part.</param>
    /// <typeparam name="T">What a plan is.</typeparam>
    public static IReadOnlyList<T> Begun<T>(IReadOnlyList<T> front, IReadOnlyList<PromiseClaim> claims, Func<T, double> pValue) =>
        front.Count > 0 && claims.Any(claim => claim.Scope == PromiseScope.Exit)
            ? [.. front.Skip(Enumerable.Range(0, front.Count).MinBy(place => pValue(front[place])))]
            : front;
}
