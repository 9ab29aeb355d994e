using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;
using Dimec.Runs.Maps;
using Dimec.Runs.Parts;

namespace Dimec.Runs.Plans;

/// <summary>Puts together what a plan is made from.</summary>
public static class PlanInputs
{
    /// <summary>A request from a run's files.</summary>
    /// <param name="run">The run.</param>
    /// <param name="costs">A cost file; null for the costs of <paramref name="given"/>, or the default
    /// structure at the run's exits.</param>
    /// <param name="choices">The open choices.</param>
    /// <param name="given">A plan that stands as it is; null for none.</param>
    /// <param name="policies">The policies that may be planned; null for those of this library.</param>
    /// <exception cref="InputException">Files are absent, malformed or do not fit each other; every file's mistakes are listed.</exception>
    public static PlanRequest Read(
        RunFolder run, string? costs, PlanChoices choices, Plan? given = null, FitterList? policies = null) => Read(
        run,
        selection => costs is null && given is not null ? given.Costs
            : costs is not null || selection is not null ? RunParts.Costs(costs, selection?.Exits.Exits ?? [], policies?.Policies)
            : null,
        choices,
        given,
        policies);

    /// <summary>A request from a run's files at given costs.</summary>
    /// <param name="run">The run.</param>
    /// <param name="costs">The costs.</param>
    /// <param name="choices">The open choices.</param>
    /// <param name="policies">The policies that may be planned; null for those of this library.</param>
    /// <exception cref="InputException">Files are absent, malformed or do not fit each other; every file's mistakes are listed.</exception>
    public static PlanRequest ReadAt(RunFolder run, CostStructure costs, PlanChoices choices, FitterList? policies = null) =>
        Read(run, _ => costs, choices, given: null, policies);

    /// <summary>A request for one policy, from a run that a call names with its choices.</summary>
    /// <param name="policy">The policy's name, or <see cref="PolicyList.Any"/>.</param>
    /// <param name="run">The run's folder.</param>
    /// <param name="costs">A cost file; null for the default structure at the run's exits.</param>
    /// <param name="choices">The call's choices.</param>
    /// <exception cref="InputException">Everything that is wrong with the call and the files; there may be no such policy.</exception>
    public static PlanRequest ReadFor(string policy, string run, string? costs, Func<InputErrors, PlanChoices> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var errors = new InputErrors();
        var chosen = choices(errors);
        return ReadFor(policy, () => Read(RunFolder.Open(run), costs, chosen), errors);
    }

    /// <summary>A request for one policy, from a run that was opened.</summary>
    /// <param name="policy">The policy's name, or <see cref="PolicyList.Any"/>.</param>
    /// <param name="run">The run.</param>
    /// <param name="costs">A cost file; null for the default structure at the run's exits.</param>
    /// <param name="choices">The open choices.</param>
    /// <param name="policies">The policies that may be planned; null for those of this library.</param>
    /// <exception cref="InputException">Files are absent, malformed or do not fit each other, or there is no such policy.</exception>
    public static PlanRequest ReadFor(
        string policy, RunFolder run, string? costs, PlanChoices choices, FitterList? policies = null) =>
        ReadFor(policy, () => Read(run, costs, choices, given: null, policies), new InputErrors());

    /// <summary>
    /// A request for one policy whose tiers' depths are to be searched (<see cref="Planning.Depths.DepthSearch"/>), from a run that a call
    /// names with its choices.
    /// </summary>
    /// <param name="policy">The policy's name, or <see cref="PolicyList.Any"/>.</param>
    /// <param name="run">The run's folder.</param>
    /// <param name="costs">A cost file, whose depths but the last stand for nothing; null for three tiers of the default structure, or two
    /// where the run has two exits.</param>
    /// <param name="choices">The call's choices.</param>
    /// <exception cref="InputException">Everything that is wrong with the call and the files; there may be no such policy.</exception>
    public static PlanRequest ReadForDepths(string policy, string run, string? costs, Func<InputErrors, PlanChoices> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var errors = new InputErrors();
        var chosen = choices(errors);
        return ReadFor(policy, () => ReadWithoutDepths(RunFolder.Open(run), costs, chosen), errors);
    }

    private static PlanRequest ReadWithoutDepths(RunFolder run, string? costs, PlanChoices choices) => costs is not null
        ? Read(run, costs, choices)
        : Read(
            run,
            selection => selection?.Exits.Exits is { Count: > 1 } exits ? CostStructure.Default(First(exits)) : null,
            choices, given: null, policies: null);

    /// <summary>The first two exits, or the first, and the last.</summary>
    private static int[] First(IReadOnlyList<int> exits) => exits.Count > 2 ? [exits[0], exits[1], exits[^1]] : [.. exits];

    private static PlanRequest ReadFor(string policy, Func<PlanRequest> read, InputErrors errors)
    {
        var request = errors.Try(read);
        // Which policies there are depends on the tiers.
        if (request is not null && policy != PolicyList.Any)
            errors.Try(() => Find(policy, request));
        errors.ThrowIfAny();
        return request!;
    }

    /// <summary>The names that a plan file may hold, and the one that may be asked for beside them.</summary>
    private static IPolicyFactory Find(string policy, PlanRequest request)
    {
        try
        {
            return request.Policies.Policies.Find(policy, request.Costs, OptionNames.Of(CallArgument.Policy));
        }
        catch (InputException unknown)
        {
            throw new InputException([.. unknown.Errors.Select(error =>
                error with { Fix = $"{error.Fix}, or {PolicyList.Any} for the cheapest that can be served" })]);
        }
    }

    private static PlanRequest Read(
        RunFolder run, Func<SelectionPart?, CostStructure?> costs, PlanChoices choices, Plan? given, FitterList? policies)
    {
        var parts = new RunParts(run);
        var maps = new RunMetrics(run, parts);
        var errors = new InputErrors();
        var selection = errors.Try(() => Selection(parts, given));
        var structure = errors.Try(() => costs(selection));
        var embeddings = errors.Try(parts.TrainEmbeddings);
        var samples = embeddings is null || structure is null ? null : errors.Try(() => maps.Training(choices.Metrics, structure));
        var training = samples is null ? null : errors.Try(() => PoolSamples.Join(samples, embeddings!));
        var train = errors.Try(parts.Train);
        var byMembership = training is not null && choices.Options.Routing == SelectionRouting.Membership;
        var selectionMap = byMembership ? errors.Try(() => maps.Selection(choices.Metrics, structure!)) : null;
        errors.ThrowIfAny();
        return new PlanRequest
        {
            Selection = selection!,
            Costs = structure!,
            Policies = policies ?? FitterList.Default,
            Training = training,
            TrainExits = train is null ? null : new TrainPart(train),
            SelectionMetrics = selectionMap,
            Given = given,
            Options = choices.Options,
            MadeFrom = parts.Hashes,
            Exits = parts.Exits,
        };
    }

    private static SelectionPart Selection(RunParts parts, Plan? given)
    {
        var selection = parts.Predictions(PartNames.Selection);
        if (given is not null)
            parts.RequireEmbeddingsFor(given, selection);
        if (selection.Exits is [var only])
        {
            throw new InputException(
                parts.PathOf(PartNames.Selection), $"has one exit, at layer {only}, where a plan chooses between two or more",
                $"train with more {OptionNames.Of(TrainingOption.Exits)}, on an encoder of two layers or more");
        }

        return new SelectionPart(selection);
    }
}
