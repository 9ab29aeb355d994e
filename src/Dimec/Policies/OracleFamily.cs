using System.Text.Json;
using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>
/// Hindsight: the cheapest tier that is right, and the cheapest of all where none is. No policy over the same exits can be as accurate
/// for less, so it bounds what routing can save; it needs the true class and can never be served.
/// </summary>
internal sealed class OracleFamily : IPolicyFamily
{
    public string Name => "oracle";

    public string Source => "Upper bound: the cheapest right tier in hindsight (method section 8).";

    public PolicyKind Kind => PolicyKind.Bound;

    public IReadOnlyList<JsonElement> Fit(PolicyFitting fitting) => [PolicyParameters.None];

    public IPolicy Create(JsonElement parameters, CostStructure costs, string where) =>
        throw new InputException($"{where} policy", "'oracle' knows the true class of every sample and cannot be served", "plan another policy");

    public IPolicy CreateMeasured(JsonElement parameters, CostStructure planned, RecordedExits part, CostStructure costs)
    {
        part.RequireGold();
        var exits = TierExits.Of(costs, part);
        int[] byCost = [.. Enumerable.Range(0, costs.Tiers.Count).OrderBy(costs.Of)];
        var tierOf = new Dictionary<string, int>(part.Count);
        for (var i = 0; i < part.Count; i++)
        {
            var sample = i;
            var right = byCost.Where(tier => part.Answer(sample, exits[tier]).Label == part.Gold[sample]);
            tierOf[part.Guids[i]] = right.DefaultIfEmpty(byCost[0]).First();
        }

        return new AllottedPolicy(tierOf);
    }
}
