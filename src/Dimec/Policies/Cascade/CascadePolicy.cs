using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Fitting;
using Dimec.Pools;

namespace Dimec.Policies.Cascade;

/// <summary>
/// The confidence cascade: tier 0 runs first; where its confidence max softmax(z) is at least its threshold it answers, else the next
/// tier starts over from the text, and so on; the last one always answers. Every tier visited is paid: Σ (λ_t · d_t + o_t).
/// </summary>
/// <param name="thresholds">One for each tier but the last.</param>
internal sealed class CascadePolicy(IReadOnlyList<double> thresholds) : IPolicy
{
    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return PolicyStep.RunOn(0);
        var last = state.Visits[^1];
        return last.Tier == thresholds.Count || last.Confidence >= thresholds[last.Tier]
            ? PolicyStep.Answer
            : PolicyStep.RunOn(last.Tier + 1);
    }

    public double? Trust(int tier, in PolicyState state) => state.Visits[^1].Confidence;
}

/// <summary>The family of <see cref="CascadePolicy"/>: thresholds searched over the quantiles of each exit's confidence.</summary>
internal sealed class CascadeFamily : IPolicyFamily
{
    public string Name => "cascade";

    public string Source => "Confidence threshold at each exit: Teerapittayanon et al. 2016 (BranchyNet, arXiv 1709.01686), Liu et al. 2022 (ElasticBERT, arXiv 2110.07038).";

    public PolicyKind Kind => PolicyKind.Contender;

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting)
    {
        var names = fitting.Costs.Tiers.Select(tier => tier.Name).ToArray();
        return [.. new CascadeSearch(fitting).Frontier().Select(thresholds => PolicyParameters.Write(json =>
            json.WriteNumbers("thresholds", thresholds.Select((threshold, tier) => (names[tier], threshold)).ToDictionary())))];
    }

    public IEnumerable<string> SearchNotes(PolicyFitting fitting) => new CascadeSearch(fitting).IsPartial
        ? [FormattableString.Invariant($"The cascade's grid of thresholds is too large to be tried whole: at most {ThresholdCombinations.Most:#,0} combinations of it were, so a better one may exist.")]
        : [];

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) => new CascadePolicy(PolicyParameters.Read(parameters, where, json =>
    {
        var byName = json.NumbersByName("thresholds");
        string[] names = [.. costs.Tiers.SkipLast(1).Select(tier => tier.Name)];
        if (!byName.Keys.ToHashSet().SetEquals(names))
            json.Problem("thresholds", $"are for {string.Join(", ", byName.Keys)}", $"give one for each of {string.Join(", ", names)}");
        return names.Select(name => byName.GetValueOrDefault(name)).ToArray();
    }));
}
