using Dimec.Evaluation.Routers;
using Dimec.Planning;
using Dimec.Planning.Candidates;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Policies.Pools;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Studies.Ablations;

/// <summary>Plans pools with a setting, and reads the plan on the reported part.</summary>
internal sealed class ChoicePlanner
{
    private readonly PlanRequest _request;
    private readonly RecordedExits _reported;
    private readonly IAblationSource _source;
    private readonly PlanSetting _own;
    private readonly PoolsParameters? _ownPools;
    private readonly (SampleAnswers Answers, string? Reason) _default;

    /// <summary>Plans the request as it is.</summary>
    /// <exception cref="InputException">It cannot be planned.</exception>
    public ChoicePlanner(PlanRequest request, RecordedExits reported, IAblationSource source)
    {
        (_request, _reported, _source, _own) = (request, reported, source, PlanSetting.Of(request));
        var outcome = new Planner(request).Plan(PolicyList.Pools);
        _ownPools = PoolsOf(outcome);
        _default = Read(outcome, reported);
    }

    /// <summary>What a setting's plan did, or why there is none.</summary>
    public (SampleAnswers? Answers, string? Reason) Measure(PlanSetting setting)
    {
        if (setting == _own)
            return _default;
        try
        {
            var (request, reported) = Inputs(setting);
            return Read(new Planner(request).Plan(PolicyList.Pools), reported);
        }
        catch (InputException lack)
        {
            return (null, string.Join(' ', lack.Errors));
        }
    }

    /// <summary>Asks for no more than what the request does not hold already.</summary>
    private (PlanRequest Request, RecordedExits Reported) Inputs(PlanSetting setting)
    {
        var (selection, training, reported) = (_request.Selection, _request.Training!, _reported);
        if (setting.Metrics != _own.Metrics)
            training = training.On(_source.Training(setting.Metrics));
        if (setting.Embedding != _own.Embedding)
        {
            var parts = _source.Embedded(setting.Embedding);
            RequireSame(_reported, parts.Reported, setting.Embedding);
            RequireSame(_request.Selection.Exits, parts.Selection.Exits, setting.Embedding);
            (selection, training, reported) = (parts.Selection, PoolSamples.Join(training.Samples, parts.Training), parts.Reported);
        }

        var metrics = setting.Options.Routing != SelectionRouting.Membership ? null
            : setting.Metrics == _own.Metrics && _request.SelectionMetrics is { } mapped ? mapped
            : _source.Selection(setting.Metrics);
        return (
            _request with { Selection = selection, Training = training, SelectionMetrics = metrics, Options = setting.Options }, reported);
    }

    private static void RequireSame(RecordedExits part, RecordedExits other, EmbeddingKind kind)
    {
        if (!part.Guids.SequenceEqual(other.Guids) || !part.Gold.SequenceEqual(other.Gold))
        {
            throw new InputException(
                $"predictions/{part.Part}.jsonl", $"has other samples where its embeddings are of the kind {ChoiceNames.Of(kind)}",
                "record the same samples in the same order");
        }
    }

    private (SampleAnswers Answers, string? Reason) Read(PlanOutcome outcome, RecordedExits reported)
    {
        var costs = _request.Costs;
        IPolicy policy = outcome is PlanOutcome.Planned planned ? planned.Plan.CreatePolicy() : new SingleTierPolicy(costs.Tiers.Count - 1);
        var run = PolicyRunner.Run(policy, reported, costs);
        return (
            new SampleAnswers(run.Tiers, run.Right(reported), Area(outcome.Frontier, reported), SameRouter(PoolsOf(outcome))),
            (outcome as PlanOutcome.NotPossible)?.Reason);
    }

    /// <summary>
    /// The frontier is drawn through the points that selection would choose among, so that the reported part chooses none of them.
    /// </summary>
    private double Area(IReadOnlyList<FrontierPoint> frontier, RecordedExits reported)
    {
        var costs = _request.Costs;
        double[] tiers = [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)];
        var pools = PolicyList.Default.Find(PolicyList.Pools, costs, "policy");
        var count = _request.Selection.Exits.Count;
        var points = ParetoFront.Of(frontier.Select(point => (point, point.Outcome.Cost, (int)Math.Round(point.Outcome.Accuracy * count))))
            .Select(point => pools.Create(point.Parameters, costs))
            .Append(new SingleTierPolicy(Array.IndexOf(tiers, tiers.Min())))
            .Select(policy => PolicyRunner.Run(policy, reported, costs))
            .Select(run => (run.MeanCost, run.Right(reported).Count(right => right) / (double)reported.Count));
        return FrontierArea.Of(points, tiers.Min(), tiers.Max());
    }

    private static PoolsParameters? PoolsOf(PlanOutcome outcome) => (outcome as PlanOutcome.Planned)?.Plan.Pools;

    /// <summary>Whether a plan sends every sample that there could be to the same tier as the default's.</summary>
    private bool SameRouter(PoolsParameters? pools)
    {
        if (pools is null || _ownPools is null)
            return pools is null && _ownPools is null;
        if (OnlyTier(pools) is { } only)
            return only == OnlyTier(_ownPools);
        return pools.EmbeddingKind == _ownPools.EmbeddingKind
            && pools.Options.Embedding == _ownPools.Options.Embedding
            && pools.Centroids.Zip(_ownPools.Centroids).All(pair => (pair.First ?? []).AsSpan().SequenceEqual(pair.Second ?? []));
    }

    /// <summary>The tier of the only centroid, which takes all samples whatever their embeddings; null where there are several.</summary>
    private static int? OnlyTier(PoolsParameters pools) =>
        Enumerable.Range(0, pools.Centroids.Count).Where(tier => pools.Centroids[tier] is not null).ToArray() is [var tier] ? tier : null;
}
