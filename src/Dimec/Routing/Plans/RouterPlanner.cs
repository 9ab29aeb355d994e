using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Planning.Promises.Procedures;

namespace Dimec.Routing.Plans;

/// <summary>Chooses thresholds on a router's score, with a promise or without.</summary>
/// <param name="request">What is planned from.</param>
public sealed class RouterPlanner(RouterRequest request)
{
    private RouterTable Selection => request.Selection;

    private int Strong => Selection.Tiers.Count - 1;

    /// <summary>The cheapest route whose drop against the strong tier is allowed on the selection samples.</summary>
    /// <param name="maxDrop">The largest drop, a fraction of −1 … 1.</param>
    /// <exception cref="InputException">It is not known who is right.</exception>
    public RouterOutcome Plan(double maxDrop)
    {
        if (!Selection.IsLabelled)
        {
            throw new InputException(
                Selection.Name, "says of no answer whether it is right, so that no drop can be told",
                "add a column gold, or promise that answers hardly differ, which needs none");
        }

        var least = Selection.Answers(Strong).Where((answer, row) => answer == Selection.Gold[row]).Count() - (maxDrop * Selection.Count);
        var found = new ScoreSearch(Selection, request.Higher, Selection.Gold).Routes()
            // A drop that is the limit itself comes out of another sum.
            .Where(route => route.Right >= least - 1e-6)
            .OrderBy(route => route.Cost)
            .ThenByDescending(route => route.Right)
            .Select(route => route.Route)
            .FirstOrDefault();
        if (found is null)
        {
            return new RouterOutcome.NotPossible(
                $"No route has a drop of at most {PlanWords.Points(maxDrop)} below {Selection.Tiers[Strong]}.", Fallback());
        }

        var plan = Of(found) with { MaxDrop = maxDrop };
        var strong = ScoreRoute.Single(request.Higher, Strong).Run(Selection);
        var evidence = DropEvidence.Of(found.Run(Selection).Right(Selection), strong.Right(Selection), new int[Selection.Count]);
        return new RouterOutcome.Planned(evidence.Doubt(maxDrop) is { } doubt ? plan with { Notes = [doubt] } : plan);
    }

    /// <summary>The cheapest route that keeps a promise (Learn-then-Test, arXiv 2110.01052).</summary>
    /// <param name="calibration">Samples that nothing was chosen on; they test the promise.</param>
    /// <param name="options">What is to be promised.</param>
    /// <exception cref="InputException">Options are out of range or need labels that there are none of, or the calibration samples have
    /// other tiers or are among those that are planned from.</exception>
    public RouterOutcome Plan(RouterTable calibration, PromiseOptions options)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(options);
        var errors = new InputErrors();
        options.Validate(errors);
        if (options.Scope == PromiseScope.Class)
        {
            errors.Add(
                OptionNames.Of<PromiseOptions>(nameof(PromiseOptions.Scope)), "is class, and a table's answers are no classes",
                $"use {ChoiceNames.Of(PromiseScope.All)}, or {ChoiceNames.Of(PromiseScope.Exit)} for each tier before the last");
        }

        errors.ThrowIfAny();
        TableCheck.Refuse(calibration, Selection);
        var chain = RouterChain.Of(request, options, Selection.IsLabelled && calibration.IsLabelled);
        var tests = chain.On(calibration);
        var accepted = PromiseProcedures.Find(options.Procedure)!.Accepted(tests, options.Delta);
        if (accepted.Count == 0)
            return NotPossible(chain, tests, options);
        // The chain goes from the worst price to the best.
        var best = accepted.Max();
        var promise = PromiseEvidence.Of(
            chain.Claims, tests, best, options, Selection.Tiers[Strong], place => RouterWords.Of(chain.Routes[place], Selection.Tiers));
        return new RouterOutcome.Planned(Of(chain.Routes[best]) with { Promise = promise });
    }

    private RouterOutcome.NotPossible NotPossible(RouterChain chain, PromiseTests tests, PromiseOptions options)
    {
        var strong = Selection.Tiers[Strong];
        var reason = PromiseShortfall.Of(chain.Claims, tests, options) is { } shortfall
            ? PromiseWords.NotPossible(
                shortfall, chain.Claims, tests, options, strong,
                $"'{RouterWords.Of(chain.Routes[shortfall.Nearest], Selection.Tiers)}'", RouterPlan.Unit)
            : PromiseWords.NoneIsCheaper(strong);
        // Whoever finds the plan later should know what it was to promise.
        return new RouterOutcome.NotPossible(reason, Fallback() with { Notes = [reason] });
    }

    private RouterPlan Fallback() => Of(ScoreRoute.Single(request.Higher, Strong));

    private RouterPlan Of(ScoreRoute route) => new()
    {
        Route = route,
        Tiers = Selection.Tiers,
        Costs = [.. Enumerable.Range(0, Selection.Tiers.Count).Select(Selection.MeanCost)],
        Expected = RouterRow.Of(RouterPlan.Policy, route, Selection),
        MadeFrom = request.MadeFrom,
    };
}
