using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Pools;

/// <summary>
/// The paper's method: training samples fall into pools by confidence μ and variability σ, one pool a tier; a new sample goes to the
/// tier whose pool's centroid is nearest to its embedding e(x), and is wholly processed there: cost(x) = λ_t · d_t + o_t.
/// </summary>
/// <param name="router">The centroids.</param>
internal sealed class PoolsPolicy(CentroidRouter router) : IPolicy
{
    public int EmbeddingSize => router.EmbeddingSize;

    public PolicyStep Next(in PolicyState state) => state.Visits.IsEmpty ? PolicyStep.RunOn(router.Route(state.Embedding)) : PolicyStep.Answer;

    public double? Trust(int tier, in PolicyState state) => router.Margin(tier, state.Embedding);
}

/// <summary>The family of <see cref="PoolsPolicy"/>: thresholds chosen by the reward, for each μ_c of a grid, and the end of the grid at which the last tier gets everything.</summary>
internal sealed class PoolsFamily : IPolicyFamily
{
    public const string PolicyName = "pools";

    public string Name => PolicyName;

    public string Source => "Bajpai, Hanawal: DIMEC-DC (arXiv 2412.16616); pools by data cartography, nearest centroid.";

    public PolicyKind Kind => PolicyKind.Contender;

    public bool NeedsEmbedding => true;

    public InputError? Lack(PolicyFitting fitting) => fitting switch
    {
        { Training: null } => new(
            "policy", $"'{Name}' is fitted on the training samples' metrics and embeddings, which are absent", "map the run and give its embeddings, or plan another policy"),
        { Selection: { EmbeddingSize: 0 } selection } => new(
            $"predictions/{selection.Part}.jsonl", $"carries no embeddings, by which '{Name}' is fitted", "record \"embedding\" with every sample, or plan another policy"),
        _ => null,
    };

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting) =>
        fitting.Training is { } training ? [.. new PoolSearch(fitting, training).Sweep().Select(parameters => parameters.Write(fitting.Costs))] : [];

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) =>
        new PoolsPolicy(PoolsParameters.Read(parameters, costs, where).CreateRouter(costs));

    public bool IsLastTier(JsonElement parameters, CostStructure costs) => PoolsParameters.Read(parameters, costs, "plan").Centroids.SkipLast(1).All(centroid => centroid is null);

    public JsonElement Summarise(JsonElement parameters) => CentroidsJson.Summarise(parameters);

    public IEnumerable<string> SearchNotes(PolicyFitting fitting) => fitting.Training is { } training && PoolRoutes.Of(fitting, training).Grid.IsThinned
        ? ["The grid of β was coarsened to bound the search, so better pools may exist."]
        : [];

    public IEnumerable<string> Notes(JsonElement parameters)
    {
        if (parameters.GetProperty("metrics") is var metrics && metrics.GetProperty("exits").GetArrayLength() == 0 && !metrics.TryGetProperty("includeCi", out _))
            yield return "The pools are cut by ready-made metrics (td_metrics.jsonl): of which exit they are and how they were made is not known here.";
        if (parameters.GetProperty(PoolsParameters.RewardWeightKey).ValueKind == JsonValueKind.Null)
            yield return "No pools that the reward chooses keep the drop that is allowed: these are the end of the grid, at which the last tier gets everything.";
        foreach (var note in CentroidsJson.Notes(parameters))
            yield return note;
    }
}
