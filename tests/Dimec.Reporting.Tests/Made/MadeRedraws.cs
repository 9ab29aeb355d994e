using Dimec.Planning.Promises.Procedures;
using Dimec.Studies.Promises;

namespace Dimec.Reporting.Tests.Made;

/// <summary>Made counts of redrawn promises. Nothing in them was drawn.</summary>
internal static class MadeRedraws
{
    private const int Draws = 1000;

    /// <summary>Plans of known losses.</summary>
    public static IReadOnlyList<RedrawnChain> Known { get; } =
    [
        .. new[] { "lost", "paired" }.SelectMany(_ => new[] { 1, 25 }, (loss, plans) =>
            Chain("known losses", loss, plans, [10_000], place: plans)),
    ];

    /// <summary>Counts of a seed: the cheapest of all, the ladder, and the cloud, than which nothing of its own is cheaper.</summary>
    public static PromiseRedraws Of(int seed, int population, int[] samples) => new(
        Draws, 0.95, 0.005, population, samples,
        [
            .. new[] { "any", "ladder" }.SelectMany(_ => new[] { "lost", "paired" }, (policy, loss) =>
                Chain(policy, loss, 12 + seed, samples, place: seed + policy.Length)),
            new RedrawnChain("cloud", "lost", "exact", 0, 0, 0, null, []),
        ])
    {
        LeftOut = ["pools: The run <holds> no dynamics."],
    };

    private static RedrawnChain Chain(string policy, string loss, int plans, int[] samples, int place)
    {
        string[] bounds = loss == "paired" ? ["betting", "empirical-bernstein"] : ["exact", "betting"];
        return new RedrawnChain(
            policy, loss, bounds[0], plans, 0.001, 0.7, policy == "ladder" ? null : new UnpromisedPlan(0.66, 0.0123),
            [
                .. samples.SelectMany(n => bounds.SelectMany(bound => PromiseProcedures.All.Select(procedure =>
                    new RedrawCount(procedure.Name, bound, n, Draws, 900 + place, place, 0.5)))),
            ]);
    }
}
