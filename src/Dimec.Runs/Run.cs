using Dimec.Cartography;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Maps;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;
using Dimec.Runs.Records;
using Dimec.Text;

namespace Dimec.Runs;

/// <summary>
/// A run's folder, opened: what <c>dimec map</c>, <c>filter</c>, <c>plan</c> and <c>evaluate</c> make of it, for a program.
/// </summary>
public sealed class Run
{
    private Run(RunFolder folder, FitterList policies) => (Folder, Policies) = (folder, policies);

    /// <summary>The run's files.</summary>
    public RunFolder Folder { get; }

    /// <summary>The policies that are planned and evaluated.</summary>
    public FitterList Policies { get; }

    /// <summary>Opens a run, or any folder that holds predictions or dynamics of another training.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="policies">The policies that are planned and evaluated, e.g. <c>FitterList.Default.With(…)</c>;
    /// null for those of this library.</param>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static Run Open(string path, FitterList? policies = null) => new(RunFolder.Open(path), policies ?? FitterList.Default);

    /// <summary>What the run's record says; the defaults where it has none.</summary>
    /// <exception cref="InputException">The record is broken.</exception>
    public RunSummary Summary() => RunSummary.Of(Folder);

    /// <summary>The data that the training read, as the run's record names them.</summary>
    /// <exception cref="InputException">There is no record, it is broken, or it names no data.</exception>
    public DataSpec Data() => RunData.Of(Folder);

    /// <summary>Maps the training samples into <c>td_metrics.jsonl</c>.</summary>
    /// <param name="options">How; null for the last exit and all epochs.</param>
    /// <param name="cancellationToken">Stops it; then nothing is written.</param>
    /// <exception cref="InputException">The options are out of range, the run has no dynamics, or not of that exit, or they are
    /// malformed.</exception>
    public MapSummary Map(MapOptions? options = null, CancellationToken cancellationToken = default) =>
        MapSummary.Write(MapInputs.Read(Folder, options ?? new MapOptions(), cancellationToken), cancellationToken);

    /// <summary>The training samples' metrics: those that <see cref="Map"/> wrote, or else by the last exit.</summary>
    /// <exception cref="InputException">The run has neither metrics nor dynamics, or they are malformed.</exception>
    public IReadOnlyList<SampleMetrics> Metrics() => new RunMetrics(Folder, new RunParts(Folder)).Written()?.Metrics
        ?? throw new InputException(
            Folder.Path, "has neither td_metrics.jsonl nor training dynamics", "name the folder that 'dimec train' or 'dimec map' wrote");

    /// <summary>Plans a policy on the selection part.</summary>
    /// <param name="policy">The policy's name, or <c>any</c> for the cheapest that can be served.</param>
    /// <param name="costs">A cost file; null for the default structure at the run's exits.</param>
    /// <param name="choices">The open choices; null for the defaults.</param>
    /// <returns>The plan, or why there is none.</returns>
    /// <exception cref="InputException">Files are absent, malformed or do not fit each other, or there is no such policy.</exception>
    public PlanOutcome Plan(string policy, string? costs = null, PlanChoices? choices = null) =>
        new Planner(PlanInputs.ReadFor(policy, Folder, costs, choices ?? PlanChoices.Default, Policies)).Plan(policy);

    /// <summary>Evaluates every policy on a part on which nothing was chosen; they are planned on the selection part.</summary>
    /// <param name="plan">A plan that is evaluated as it stands; null for none.</param>
    /// <param name="settings">What is evaluated; null for the part <c>dev</c>.</param>
    /// <param name="cancellationToken">Stops the cross-fitting.</param>
    /// <exception cref="InputException">Files are absent, malformed or do not fit each other, the part is
    /// not to be reported, or a setting is out of range.</exception>
    public RunEvaluations Evaluate(Plan? plan = null, EvaluationSettings? settings = null, CancellationToken cancellationToken = default)
    {
        settings ??= new EvaluationSettings();
        var errors = new InputErrors();
        settings.Validate(errors);
        var inputs = errors.Try(() =>
            EvaluationInputs.Read(Folder, plan, settings.Costs, settings.Part, settings.Choices ?? PlanChoices.Of(plan), Policies));
        errors.ThrowIfAny();
        return RunEvaluations.Of(inputs!, settings.Halvings, settings.Tally, cancellationToken);
    }
}
