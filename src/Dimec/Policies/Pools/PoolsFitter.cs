using Dimec.Costs;
using Dimec.Policies.Codecs;
using Dimec.Policies.Fitting;

namespace Dimec.Policies.Pools;

/// <summary>
/// Fits <see cref="PoolsPolicy"/>: thresholds chosen by the reward, for each μ_c of a grid, and the end of the grid at which the last tier
/// gets everything.
/// </summary>
internal sealed class PoolsFitter() : PolicyFitter<PoolsParameters>(new PoolsFactory())
{
    public override string Source => "Bajpai, Hanawal: DIMEC-DC (arXiv 2412.16616); pools by data cartography, nearest centroid.";

    public override InputError? Lack(PolicyFitting fitting) => fitting switch
    {
        { Training: null } => new(
            "policy",
            $"'{Policy.Name}' is fitted on the training samples' metrics and embeddings, which are absent",
            "map the run and give its embeddings, or plan another policy"),
        { Selection: { EmbeddingSize: 0 } selection } => new(
            $"predictions/{selection.Part}.jsonl",
            $"carries no embeddings, by which '{Policy.Name}' is fitted",
            "record \"embedding\" with every sample, or plan another policy"),
        _ => null,
    };

    public override IReadOnlyList<PoolsParameters> Fit(PolicyFitting fitting) =>
        fitting.Training is { } training ? new PoolSearch(fitting, training).Sweep() : [];

    public override bool IsLastTier(PoolsParameters parameters, CostStructure costs) =>
        parameters.Centroids.SkipLast(1).All(centroid => centroid is null);

    public override IEnumerable<string> SearchNotes(PolicyFitting fitting)
    {
        if (fitting.Training is { } training && PoolRoutes.Of(fitting, training).Grid.IsThinned)
            yield return "The grid of β was coarsened to bound the search, so better pools may exist.";
    }

    public override IEnumerable<string> Notes(PoolsParameters parameters, CostStructure costs)
    {
        if (parameters.Metrics is { Exits.Count: 0, Options: null })
        {
            yield return "The pools are cut by ready-made metrics (td_metrics.jsonl): "
                + "of which exit they are and how they were made is not known here.";
        }

        if (parameters.RewardWeight is null)
        {
            yield return "No pools that the reward chooses keep the drop that is allowed: "
                + "these are the end of the grid, at which the last tier gets everything.";
        }

        foreach (var note in DroppedTiers.Notes(parameters.Centroids, costs))
            yield return note;
    }
}
