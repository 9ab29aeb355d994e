using Dimec.Evaluation;
using Dimec.Routing.Plans;

namespace Dimec.Routing.Frontiers;

/// <summary>
/// What a score buys between the weak and the strong tier of a table: accuracy against the share that the strong one answers.
/// </summary>
/// <param name="Points">From the weak tier alone to the strong one alone, at about even shares.</param>
/// <param name="Measures">
/// RouteLLM's measures; null where the samples do not show that the strong tier is the better one, so that there is no gap to recover.
/// </param>
public sealed record RouterFrontier(IReadOnlyList<StrongShare> Points, RouterMeasures? Measures)
{
    /// <summary>The shares' steps.</summary>
    public const int Steps = 10;

    /// <summary>Measures a score.</summary>
    /// <param name="table">A labelled table.</param>
    /// <param name="higher">What a high score means.</param>
    /// <param name="options">The draws and the seed of the bootstrap.</param>
    public static RouterFrontier Of(RouterTable table, ScoreDirection higher, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        var order = new ScoreOrder(table, higher);
        int[] none = [.. Enumerable.Repeat(0, table.Tiers.Count - 2)];
        return new RouterFrontier(
            [
                // Tiers between the two answer nothing: their stretches end where the weak tier's does.
                .. order.CutsAt(Steps).Reverse().Select(cut => Point(table, order.Route([cut, .. none.Select(_ => cut)]))),
            ],
            new MeasuresBootstrap(table, higher).Measure(options));
    }

    private static StrongShare Point(RouterTable table, ScoreRoute route)
    {
        var row = RouterRow.Of(RouterPlan.Policy, route, table);
        return new StrongShare(route.Thresholds.Count == 0 ? null : route.Thresholds[0], row.Shares[table.Tiers[^1]], row);
    }
}
