using Dimec.Costs;
using Dimec.Planning;
using Dimec.Predictions;

namespace Dimec.Runs.Plans;

/// <summary>Puts together what a plan is made from that takes the place of one which is served.</summary>
/// <param name="Request">What is planned from: the run's parts at the exits that were recorded.</param>
/// <param name="Part">What was recorded of what is served, on which the promise is tested.</param>
public sealed record ReplanInputs(PlanRequest Request, CalibrationPart Part)
{
    /// <summary>Reads them.</summary>
    /// <param name="run">The run that the bundle was exported from, or the folder that <c>dimec predict</c> wrote of it.</param>
    /// <param name="file">The predictions file that was recorded.</param>
    /// <param name="costs">A cost file; null for the costs of the plan that is served, else the default structure at the exits that were
    /// recorded.</param>
    /// <param name="choices">The open choices.</param>
    /// <param name="served">The plan that is served; null where none is known.</param>
    /// <exception cref="InputException">Files are absent, malformed or do not fit each other, or the file is of another bundle.</exception>
    public static ReplanInputs Read(RunFolder run, string file, string? costs, PlanChoices choices, ServedPlan? served)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(choices);
        var errors = new InputErrors();
        var recorded = errors.Try(() => PromiseInputs.Read(run, file, served));
        var usual = costs is not null ? null
            : served?.Plan.Costs ?? (recorded?.Part.Exits.Exits is { Count: > 1 } exits ? CostStructure.Default(exits) : null);
        var request = errors.Try(() => usual is null ? PlanInputs.Read(run, costs, choices) : PlanInputs.ReadAt(run, usual, choices));
        errors.ThrowIfAny();
        return new ReplanInputs(recorded!.RecordedIn(AtExitsOf(request!, recorded.Part.Exits, file)), recorded.Part);
    }

    private static PlanRequest AtExitsOf(PlanRequest request, RecordedExits recorded, string file)
    {
        var selection = request.Selection.Exits;
        if (recorded.Exits.Except(selection.Exits).Order().ToArray() is [_, ..] unknown)
        {
            throw new InputException(
                file, $"has the exits {string.Join(", ", unknown)}, which the selection part has not",
                "give the run that the bundle was exported from");
        }

        if (request.Costs.Tiers.Where(tier => recorded.IndexOfExit(tier.Depth) < 0).Select(tier => tier.Depth).ToArray() is [_, ..] absent)
        {
            throw new InputException(
                file, $"has the exits {string.Join(", ", recorded.Exits)}, and tiers end at {string.Join(", ", absent)} as well",
                "name costs of tiers that end at recorded exits, or record with a bundle that has these");
        }

        return request with
        {
            Selection = new SelectionPart(selection.WithExits(recorded.Exits)),
            TrainExits = request.TrainExits is { Exits: var train } && recorded.Exits.All(exit => train.IndexOfExit(exit) >= 0)
                ? new TrainPart(train.WithExits(recorded.Exits))
                : null,
        };
    }
}
