using Dimec.Evaluation;
using Dimec.Evaluation.Calibration;
using Dimec.Evaluation.Parts;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Runs.Evaluations;

/// <summary>Every policy, planned on the selection part and evaluated on the reported one, at one cost structure.</summary>
/// <param name="Name">What the cost structure is called.</param>
/// <param name="Document">The evaluation on the reported part.</param>
/// <param name="Outcomes">What planning came to, a policy each.</param>
public sealed record RunEvaluation(string Name, EvaluationDocument Document, IReadOnlyList<PlanOutcome> Outcomes)
{
    /// <summary>The policies that were planned.</summary>
    public FitterList Policies { get; init; } = FitterList.Default;

    /// <summary>How far the reported part is from the selection part; null where they cannot be compared.</summary>
    public EnergyDistanceTest? Shift { get; init; }

    /// <summary>Evaluates at the costs of a planner and, all planned anew, at the same with offloading for nothing.</summary>
    /// <param name="planner">Plans every policy; what it has planned before is not planned again.</param>
    /// <param name="reported">The reported part.</param>
    /// <param name="task">The task's name, which says whose metrics come first.</param>
    /// <exception cref="InputException">The reported part was recorded with another model than the planner's,
    /// or a true class is unknown.</exception>
    public static IReadOnlyList<RunEvaluation> AtAllCosts(Planner planner, RecordedExits reported, string? task)
    {
        var request = planner.Request;
        PartFit.Check(request, reported);
        // Both tables are of the same samples.
        var shift = EnergyDistanceTest.Find(request.Selection, reported);
        var evaluations = new List<RunEvaluation> { At("at the planned costs", planner, reported, task, shift) };
        if (request.WithoutOffload() is { } free)
            evaluations.Add(At("with offloading for nothing (o = 0), planned anew", new Planner(free), reported, task, shift));
        return evaluations;
    }

    private static RunEvaluation At(string name, Planner planner, RecordedExits reported, string? task, EnergyDistanceTest? shift)
    {
        string[] notes = PartNotes.OfShift(planner.Request.Selection, reported, shift) is { } note ? [note] : [];
        var outcomes = planner.PlanAll();
        var options = new EvaluationOptions { Task = task, Policies = planner.Request.Policies };
        var document = Evaluator.Evaluate(outcomes, reported, planner.Request.Costs, options);
        return new RunEvaluation(name, document with
        {
            Notes = [.. document.Notes, .. notes],
            Exits = ExitRow.Measure(reported, planner.Request.Selection),
        }, outcomes)
        {
            Policies = planner.Request.Policies,
            Shift = shift,
        };
    }
}
