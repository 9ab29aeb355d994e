using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Dimee;

/// <summary>
/// DIMEE: tier 0 runs every sample as far as its exit and answers where its confidence C is at least α; else the tier whose pool's
/// centroid is nearest to what that exit's head pooled of the sample starts over, and where that is tier 0 its answer stands. Both
/// tiers are paid: λ_0 · d_0 + o_0, and λ_t · d_t + o_t.
/// </summary>
/// <param name="parameters">α, the temperatures and the centroids.</param>
/// <param name="costs">The costs; of equally near pools the cheaper tier's is taken.</param>
internal sealed class DimeePolicy(DimeeParameters parameters, CostStructure costs) : IPolicy
{
    private readonly CentroidRouter _router = new(parameters.Centroids, EmbeddingNormalization.None, [.. Enumerable.Range(0, costs.Tiers.Count).Select(costs.Of)]);
    private readonly float _temperature = (float)parameters.Temperatures[costs.Tiers[0].Depth];

    public int StateLayer => costs.Tiers[0].Depth;

    public int StateSize => _router.EmbeddingSize;

    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return PolicyStep.RunOn(0);
        if (state.Visits.Length > 1 || Confidence(state.Visits[0]) >= parameters.Alpha)
            return PolicyStep.Answer;
        return _router.Route(state.Visits[0].Pooled.Span) is > 0 and var tier ? PolicyStep.RunOn(tier) : PolicyStep.Answer;
    }

    public double? Trust(int tier, in PolicyState state) => tier == 0 ? Confidence(state.Visits[^1]) : null;

    private float Confidence(Visit visit) => Softmax.Confidence(visit.Logits.Span, _temperature);
}

/// <summary>The family of <see cref="DimeePolicy"/>: α at the quantiles of tier 0's confidence, and above every confidence.</summary>
internal sealed class DimeeFamily : IPolicyFamily
{
    public string Name => "dimee";

    public string Source => "Confidence check, then pool membership at the exit layer: Bajpai, Hanawal 2024 (DIMEE, arXiv 2410.05338).";

    public PolicyKind Kind => PolicyKind.Contender;

    public string NotServed => "asks a tier for the pooled state at its exit, which no tier's model gives";

    public InputError? Lack(PolicyFitting fitting)
    {
        var layer = fitting.Costs.Tiers[0].Depth;
        var fix = $"train with --states {layer}, which a finished run takes as well, or plan another policy";
        if (fitting.TrainExits?.Exits is not { } train)
            return new InputError("policy", $"'{Name}' makes its pools of the training samples as the exits see them, and predictions/{TrainPart.Name}.jsonl is absent", fix);
        foreach (var part in (RecordedExits[])[fitting.Selection, train])
        {
            if (!part.StateLayers.Contains(layer))
                return new InputError($"predictions/{part.Part}.jsonl", $"carries no states of exit {layer}, by which '{Name}' names a tier", fix);
        }

        if (train.StateSize != fitting.Selection.StateSize)
            return new InputError($"predictions/{train.Part}.jsonl", $"has states of {train.StateSize} numbers where predictions/{fitting.Selection.Part}.jsonl has {fitting.Selection.StateSize}", "record both with the same model");
        return fitting.Costs.Tiers.FirstOrDefault(tier => train.IndexOfExit(tier.Depth) < 0) is { } unseen
            ? new InputError($"predictions/{train.Part}.jsonl", $"has no exit at layer {unseen.Depth}, by which '{Name}' makes the pool of {unseen.Name}", "record the same exits in every part")
            : null;
    }

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting) => Lack(fitting) is null ? Candidates(fitting, fitting.TrainExits!.Exits) : [];

    /// <summary>What the tiers cost has no say in the pools, so other costs of the same tiers have the same candidates.</summary>
    private static JsonElement[] Candidates(PolicyFitting fitting, RecordedExits train) => fitting.Memory.GetOrAdd<JsonElement[]>(
        (nameof(DimeeFamily), fitting.Selection, train, fitting.Options, string.Join('\n', fitting.Costs.Tiers.Select(tier => $"{tier.Depth} {tier.Name}"))),
        () => [.. new DimeePools(fitting, train).Candidates().Select(parameters => parameters.Write(fitting.Costs))]);

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) => new DimeePolicy(DimeeParameters.Read(parameters, costs, where), costs);

    public JsonElement Summarise(JsonElement parameters) => CentroidsJson.Summarise(parameters);

    public IEnumerable<string> Notes(JsonElement parameters) => CentroidsJson.Notes(parameters);
}
