using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Policies.Entropy;

/// <summary>
/// DeeBERT's rule: tier 0 runs first; where the entropy H = −Σ p ln p of its exit (in nats) is below one threshold for all exits it
/// answers, else the next tier starts over, and so on; the last one always answers. Every tier visited is paid.
/// </summary>
/// <param name="threshold">S, in nats.</param>
/// <param name="last">The last tier's place.</param>
internal sealed class EntropyPolicy(double threshold, int last) : IPolicy
{
    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return PolicyStep.RunOn(0);
        var visit = state.Visits[^1];
        return visit.Tier == last || Softmax.Entropy(visit.Logits.Span) < threshold ? PolicyStep.Answer : PolicyStep.RunOn(visit.Tier + 1);
    }

    public double? Trust(int tier, in PolicyState state) => -Softmax.Entropy(state.Visits[^1].Logits.Span);
}

/// <summary>The family of <see cref="EntropyPolicy"/>: S at the quantiles of the entropies of all exits but the last.</summary>
internal sealed class EntropyFamily : IPolicyFamily
{
    public string Name => "entropy";

    public string Source => "Entropy threshold, one for all exits: Xin et al. 2020 (DeeBERT, arXiv 2004.12993).";

    public PolicyKind Kind => PolicyKind.Contender;

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting)
    {
        var part = fitting.Selection;
        var entropies = fitting.Exits.SkipLast(1).SelectMany(exit => Enumerable.Range(0, part.Count).Select(sample => (double)Softmax.Entropy(part.Logits(sample, exit))));
        return [.. QuantileGrid.ForLowerCut(entropies, fitting.Options.GridLevels).Select(threshold => PolicyParameters.Write(json => json.WriteNumber("entropy", threshold)))];
    }

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) => PolicyParameters.Read(parameters, where, json =>
    {
        var threshold = json.Number("entropy");
        if (threshold < 0)
            json.Problem("entropy", "is negative", "give a threshold in nats, 0 or more");
        return new EntropyPolicy(threshold ?? 0, costs.Tiers.Count - 1);
    });
}
