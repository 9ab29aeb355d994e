using Dimec.Planning;
using Dimec.Policies;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Training;

namespace Dimec.Cli.Runs;

/// <summary>Puts together what a plan is made from.</summary>
internal static class PlanInputs
{
    /// <summary>A request from a run's files.</summary>
    /// <param name="run">The run.</param>
    /// <param name="costs">A cost file; null for the costs of <paramref name="given"/>, or the default structure at the run's exits.</param>
    /// <param name="choices">The open choices.</param>
    /// <param name="given">A plan that stands as it is; null for none.</param>
    public static PlanRequest Read(RunFolder run, string? costs, PlanChoices choices, Plan? given = null)
    {
        var parts = new RunParts(run);
        var maps = new RunMaps(run, parts);
        var selection = parts.Predictions(SelectionPart.Name);
        if (given is not null)
            parts.RequireEmbeddingsFor(given, selection);
        var structure = costs is null && given is not null ? given.Costs : RunParts.Costs(costs, selection.Exits);
        var training = parts.TrainEmbeddings() is { } embeddings && maps.Training(choices.Map, structure) is { } samples ? TrainingMap.Join(samples, embeddings) : null;
        var byMembership = training is not null && choices.Options.Routing == SelectionRouting.Membership;
        return new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = structure,
            Training = training,
            SelectionMap = byMembership ? maps.Selection(choices.Map, structure) : null,
            Given = given,
            Options = choices.Options,
            MadeFrom = parts.Hashes,
        };
    }
}
