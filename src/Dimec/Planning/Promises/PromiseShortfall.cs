using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>How near tests that show no plan came to it.</summary>
/// <param name="Nearest">The place of the plan that is shown best.</param>
/// <param name="Needed">A claim each, about how many samples like these would do; null where no number would.</param>
/// <param name="Attainable">A claim each, the limit that these samples show.</param>
internal sealed record PromiseShortfall(int Nearest, IReadOnlyList<int?> Needed, IReadOnlyList<double> Attainable)
{
    /// <summary>About how many samples would do for all claims; null where no number would.</summary>
    public int? Most => Needed.Contains(null) ? null : Needed.Max();

    /// <summary>Looks for the plan that is nearest; null where there is none at all.</summary>
    public static PromiseShortfall? Of(IReadOnlyList<PromiseClaim> claims, PromiseTests tests, PromiseOptions options)
    {
        if (tests.Count == 0)
            return null;
        return Of(claims, tests, options, Enumerable.Range(0, tests.Count).MinBy(tests.PValue));
    }

    /// <summary>The next cheaper plan than one that is shown; null where there is none.</summary>
    public static NextPlan? After(
        int plan, IReadOnlyList<PromiseClaim> claims, PromiseTests tests, PromiseOptions options, Func<int, string> policy)
    {
        if (plan + 1 >= tests.Count)
            return null;
        var shortfall = Of(claims, tests, options, plan + 1);
        var furthest = shortfall.Attainable.Zip(claims).MaxBy(claim => claim.First / claim.Second.Limit);
        return new NextPlan(policy(plan + 1), tests.MeanCost(plan + 1), shortfall.Most, furthest.First);
    }

    /// <summary>How many samples it takes for so many of a group, which grows as the whole does.</summary>
    public static int? OfAll(int? needed, LossTally group, int samples) => needed is { } n
        ? (int)Math.Min(int.MaxValue, Math.Ceiling(n * (samples / (double)group.N)))
        : null;

    private static PromiseShortfall Of(IReadOnlyList<PromiseClaim> claims, PromiseTests tests, PromiseOptions options, int plan)
    {
        var (needed, attainable) = (new List<int?>(), new List<double>());
        foreach (var (place, claim) in claims.Index())
        {
            var tally = tests.Worst(plan, place);
            needed.Add(OfAll(claim.Bound.Needed(tally, claim.Limit, options.Delta), tally, tests.Samples));
            attainable.Add(claim.Bound.Upper(tally, options.Delta));
        }

        return new PromiseShortfall(plan, needed, attainable);
    }
}
