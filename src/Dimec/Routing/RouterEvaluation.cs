using Dimec.Evaluation;
using Dimec.Routing.Frontiers;
using Dimec.Routing.Plans;

namespace Dimec.Routing;

/// <summary>A table evaluated: the single tiers, the score's frontier, and a plan where there is one.</summary>
/// <param name="Table">How the table is named.</param>
/// <param name="N">The number of samples.</param>
/// <param name="Higher">What a high score means.</param>
/// <param name="Tiers">Each tier alone, from the weak one to the strong one.</param>
/// <param name="Frontier">What the score buys.</param>
/// <param name="Plan">What the plan does; null without one.</param>
public sealed record RouterEvaluation(
    string Table, int N, ScoreDirection Higher, IReadOnlyList<RouterRow> Tiers, RouterFrontier Frontier, RouterRow? Plan)
{
    /// <summary>The number of the file's format.</summary>
    public const int Format = 1;

    /// <summary>Evaluates a table.</summary>
    /// <param name="table">A labelled table of samples that nothing was chosen on.</param>
    /// <param name="higher">What a high score means.</param>
    /// <param name="plan">A plan for its tiers; null for none.</param>
    /// <param name="options">The draws and the seed of the bootstrap.</param>
    /// <exception cref="InputException">It is not known who is right.</exception>
    public static RouterEvaluation Of(RouterTable table, ScoreDirection higher, RouterPlan? plan, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!table.IsLabelled)
        {
            throw new InputException(
                table.Name, "says of no answer whether it is right, so that no accuracy can be told", "add a column gold");
        }

        return new RouterEvaluation(
            table.Name, table.Count, higher,
            [.. table.Tiers.Select((name, tier) => RouterRow.Of(name, ScoreRoute.Single(higher, tier), table))],
            RouterFrontier.Of(table, higher, options), plan is null ? null : RouterRow.Of(RouterPlan.Policy, plan.Route, table));
    }

    /// <summary>Writes it as JSON.</summary>
    /// <param name="stream">Gets it.</param>
    public void Write(Stream stream) => RouterEvaluationJson.Write(this, stream);
}
