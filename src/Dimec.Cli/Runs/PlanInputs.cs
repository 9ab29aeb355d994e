using Dimec.Planning;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Training;

namespace Dimec.Cli.Runs;

/// <summary>Puts together what a plan is made from.</summary>
internal static class PlanInputs
{
    /// <summary>A request from a run's files.</summary>
    /// <param name="run">The run.</param>
    /// <param name="costs">A cost file; null for the costs of <paramref name="plan"/>, or the default structure at the run's exits.</param>
    /// <param name="options">The options of the plan.</param>
    /// <param name="plan">A plan that was made before; null for none.</param>
    /// <param name="exit">The exit whose dynamics make the map; null for the last.</param>
    public static PlanRequest Read(RunFolder run, string? costs, PlanningOptions options, Plan? plan = null, int? exit = null)
    {
        var parts = new RunParts(run);
        if (plan is not null)
            parts.RequireKindOf(plan);
        var selection = parts.Predictions(SelectionPart.Name);
        return new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = costs is null && plan is not null ? plan.Costs : RunParts.Costs(costs, selection.Exits),
            Training = ReadMap(parts, exit),
            Options = options,
            MadeFrom = parts.Hashes,
        };
    }

    private static TrainingMap? ReadMap(RunParts parts, int? exit)
    {
        var embeddings = parts.TrainEmbeddings();
        return embeddings is not null && parts.TrainMetrics(exit) is var (metrics, found) ? TrainingMap.Join(metrics, embeddings, found) : null;
    }
}
