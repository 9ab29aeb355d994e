using System.Text.Json;
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

/// <summary>Plans a policy with a setting, and reads the plan on the reported part.</summary>
internal sealed class ChoicePlanner
{
    private readonly PlanRequest _request;
    private readonly RecordedExits _reported;
    private readonly IAblationSource _source;
    private readonly PlanSetting _own;
    private readonly string _policy;
    private readonly PlanOutcome _ownOutcome;
    private readonly (SampleAnswers Answers, string? Reason) _default;

    /// <summary>Plans the request as it is.</summary>
    /// <exception cref="InputException">It cannot be planned.</exception>
    public ChoicePlanner(PlanRequest request, RecordedExits reported, IAblationSource source, string policy)
    {
        (_request, _reported, _source, _own, _policy) = (request, reported, source, PlanSetting.Of(request), policy);
        _ownOutcome = new Planner(request).Plan(policy);
        _default = Read(_ownOutcome, reported);
    }

    /// <summary>What a setting's plan did, or why there is none.</summary>
    public (SampleAnswers? Answers, string? Reason) Measure(PlanSetting setting)
    {
        if (setting == _own)
            return _default;
        try
        {
            var (request, reported) = Inputs(setting);
            return Read(new Planner(request).Plan(_policy), reported);
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
        var policy = outcome is PlanOutcome.Planned planned
            ? planned.Plan.CreateMeasured(_request.Policies, reported, costs)
            : new SingleTierPolicy(costs.Tiers.Count - 1);
        var run = PolicyRunner.Run(policy, reported, costs);
        return (
            new SampleAnswers(run.Costs, run.Right(reported), Area(outcome.Frontier, reported), IsSame(outcome)),
            (outcome as PlanOutcome.NotPossible)?.Reason);
    }

    /// <summary>
    /// The frontier is drawn through the points that selection would choose among, so that the reported part chooses none of them.
    /// </summary>
    private double Area(IReadOnlyList<FrontierPoint> frontier, RecordedExits reported)
    {
        var costs = _request.Costs;
        double[] tiers = [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)];
        var fitter = _request.Policies.Find(_policy, costs, "policy");
        var count = _request.Selection.Exits.Count;
        var points = ParetoFront.Of(frontier.Select(point => (point, point.Outcome.Cost, (int)Math.Round(point.Outcome.Accuracy * count))))
            .Select(point => fitter.CreateMeasured(point.Parameters, costs, reported, costs))
            .Append(new SingleTierPolicy(Array.IndexOf(tiers, tiers.Min())))
            .Select(policy => PolicyRunner.Run(policy, reported, costs))
            .Select(run => (run.MeanCost, run.Right(reported).Count(right => right) / (double)reported.Count));
        return FrontierArea.Of(points, tiers.Min(), tiers.Max());
    }

    /// <summary>Whether a plan does with every sample that there could be what the default's does.</summary>
    private bool IsSame(PlanOutcome outcome)
    {
        if (!outcome.TryGet(out var plan, out _) || !_ownOutcome.TryGet(out var own, out _))
            return outcome is PlanOutcome.NotPossible && _ownOutcome is PlanOutcome.NotPossible;
        return plan.Pools is { } pools && own.Pools is { } ownPools
            ? SameRouter(pools, ownPools)
            : JsonElement.DeepEquals(plan.ParametersJson(), own.ParametersJson());
    }

    private static bool SameRouter(PoolsParameters pools, PoolsParameters own)
    {
        if (OnlyTier(pools) is { } only)
            return only == OnlyTier(own);
        return pools.EmbeddingKind == own.EmbeddingKind
            && pools.Options.Embedding == own.Options.Embedding
            && pools.Centroids.Zip(own.Centroids).All(pair => (pair.First ?? []).AsSpan().SequenceEqual(pair.Second ?? []));
    }

    /// <summary>The tier of the only centroid, which takes all samples whatever their embeddings; null where there are several.</summary>
    private static int? OnlyTier(PoolsParameters pools) =>
        Enumerable.Range(0, pools.Centroids.Count).Where(tier => pools.Centroids[tier] is not null).ToArray() is [var tier] ? tier : null;
}
