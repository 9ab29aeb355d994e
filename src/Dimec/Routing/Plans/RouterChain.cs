using Dimec.Planning.Promises;

namespace Dimec.Routing.Plans;

/// <summary>
/// The routes that a promise may be made for, in the order in which they are tested, dearest first. All of it is fixed on the selection
/// samples.
/// </summary>
internal sealed class RouterChain
{
    private readonly PromiseOptions _options;
    private readonly ScoreRoute _reference;

    private RouterChain(
        PromiseOptions options, IReadOnlyList<PromiseClaim> claims, ScoreRoute reference, IReadOnlyList<ScoreRoute> routes) =>
        (_options, Claims, _reference, Routes) = (options, claims, reference, routes);

    /// <summary>What is promised.</summary>
    public IReadOnlyList<PromiseClaim> Claims { get; }

    /// <summary>The routes; all are cheaper than the strong tier.</summary>
    public IReadOnlyList<ScoreRoute> Routes { get; }

    public static RouterChain Of(RouterRequest request, PromiseOptions options, bool labelled)
    {
        var (table, strong) = (request.Selection, request.Selection.Tiers.Count - 1);
        var reference = ScoreRoute.Single(request.Higher, strong);
        var claims = PromiseClaim.Of(options, labelled);
        var budgetOnly = claims.All(claim => claim.Loss == PromiseLoss.OverBudget);
        var most = table.MeanCost(strong);
        // Sums in another order.
        var found = new ScoreSearch(table, request.Higher, WantedAnswers.Of(claims, table.Answers(strong), table.Gold)).Routes()
            .Where(route => route.Cost < most * (1 - 1e-12));
        var losses = Losses(table, reference, claims, options);
        (ScoreRoute Route, double Price, double Risk, ClaimLosses[] Losses)[] plans =
        [
            .. ChainOrder.Thinned(found, most, ChainOrder.CostLevels, keepAll: budgetOnly).Select(route =>
            {
                var run = route.Run(table);
                var price = budgetOnly && labelled ? -run.Right(table).Count(isRight => isRight) : run.MeanCost;
                var byClaim = Of(losses, run);
                return (route, price, byClaim.Max(claim => claim.Risk), byClaim);
            }),
        ];
        var front = ChainOrder.Front(plans, plan => plan.Price, plan => plan.Risk);
        var begun = ChainOrder.Begun(front, claims, plan => plan.Losses.Max(claim => claim.PValue(samples: null)));
        return new RouterChain(options, claims, reference, [.. begun.Select(plan => plan.Route)]);
    }

    /// <summary>Tests of the routes on samples that had no say in the chain; each is made when it is asked for.</summary>
    public PromiseTests On(RouterTable table)
    {
        var losses = Losses(table, _reference, Claims, _options);
        return new PromiseTests(
            [
                .. Routes.Select(route => new Lazy<TestedPlan>(() =>
                {
                    var run = route.Run(table);
                    return new TestedPlan(Of(losses, run), run.MeanCost);
                })),
            ],
            table.Count, samples: null, _options.Seed);
    }

    private static PartLosses Losses(
        RouterTable table, ScoreRoute reference, IReadOnlyList<PromiseClaim> claims, PromiseOptions options) =>
        new(table.Gold, reference.Run(table).Answers, claims, options.MaxCost, last: table.Tiers.Count - 1);

    /// <summary>A tier is to a route what an exit is to a bundle's plan: who answers.</summary>
    private static ClaimLosses[] Of(PartLosses losses, RoutedRows run) => losses.Of(run.Answers, run.Costs, run.Tiers);
}
