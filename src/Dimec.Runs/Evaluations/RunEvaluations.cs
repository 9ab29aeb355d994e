using Dimec.Evaluation;
using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Tallies;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Runs.Plans;
using Dimec.Runs.Records;

namespace Dimec.Runs.Evaluations;

/// <summary>All that one call evaluates of a run.</summary>
/// <param name="Inputs">What it is made from.</param>
/// <param name="AtCosts">Every policy at the costs that were asked for and, where offloading costs something,
/// with offloading for nothing.</param>
/// <param name="CrossFitted">The cross-fitted evaluation; null where none was asked for.</param>
/// <param name="Tallied">The published tally; null where none was asked for.</param>
public sealed record RunEvaluations(
    EvaluationInputs Inputs, IReadOnlyList<RunEvaluation> AtCosts, CrossFitDocument? CrossFitted, TallyDocument? Tallied)
{
    /// <summary>The evaluation at the costs that were asked for.</summary>
    public EvaluationDocument Document => AtCosts[0].Document;

    /// <summary>
    /// Files of the run that the evaluated plan was made from and that the run holds with other content:
    /// what the plan expects is then of another run.
    /// </summary>
    public IReadOnlyList<string> Changed => Inputs.Request.Given is { } given ? PlanOrigin.Of(given, Inputs.Run).Changed : [];

    /// <summary>Evaluates.</summary>
    /// <param name="inputs">What policies are planned from and reported on.</param>
    /// <param name="halvings">Over how many halvings it is cross-fitted as well, 1 to 1000; null for none.</param>
    /// <param name="tally">A published tally that is made as well.</param>
    /// <param name="cancellationToken">Stops the cross-fitting.</param>
    /// <exception cref="InputException">The reported part was recorded with another model than the selection part,
    /// or a true class is unknown.</exception>
    public static RunEvaluations Of(EvaluationInputs inputs, int? halvings, PublishedTally tally, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var options = new EvaluationOptions { Policies = inputs.Request.Policies };
        return new RunEvaluations(
            inputs,
            RunEvaluation.AtAllCosts(new Planner(inputs.Request), inputs.Reported, RunSummary.Of(inputs.Run).Task),
            halvings is { } times ? CrossFit.Run(inputs.Request, inputs.Reported, options, times, cancellationToken) : null,
            tally == PublishedTally.Splitee ? TallyDocument.SplitEe(inputs.Request.Selection, inputs.Reported) : null);
    }

    /// <summary>What a policy came to on the reported part; null where it could not be planned.</summary>
    /// <param name="policy">The policy's name.</param>
    public PolicyEvaluation? Find(string policy) => Document.Policies.FirstOrDefault(row => row.Name == policy);

    /// <summary>Writes a file for each evaluation, and removes that of an earlier call which this one has none of.</summary>
    /// <param name="folder">Where they go; null for the run's own folder.</param>
    /// <returns>The file of the evaluation at the costs that were asked for.</returns>
    public string Write(string? folder = null)
    {
        var files = new RunFolder(folder ?? Inputs.Run.Path);
        AtomicFile.Write(files.Evaluation, Document.Write);
        if (AtCosts.Count > 1)
            AtomicFile.Write(files.EvaluationWithoutOffload, AtCosts[1].Document.Write);
        else
            AtomicFile.Delete(files.EvaluationWithoutOffload);
        if (CrossFitted is not null)
            AtomicFile.Write(files.CrossFit, CrossFitted.Write);
        if (Tallied is not null)
            AtomicFile.Write(files.Tally, Tallied.Write);
        return files.Evaluation;
    }
}
