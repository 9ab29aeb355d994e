using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Cascade;

/// <summary>Makes <see cref="CascadePolicy"/>.</summary>
internal sealed class CascadeFactory() : PolicyFactory<CascadeParameters>("cascade", PolicyKind.Contender)
{
    private const string Key = "thresholds";

    public override CascadeParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var byName = json.NumbersByName(Key);
            string[] names = [.. Names(costs)];
            if (!byName.Keys.ToHashSet().SetEquals(names))
                json.Problem(Key, $"are for {string.Join(", ", byName.Keys)}", $"give one for each of {string.Join(", ", names)}");
            return new CascadeParameters([.. names.Select(name => byName.GetValueOrDefault(name))]);
        });

    public override void Write(CascadeParameters parameters, CostStructure costs, Utf8JsonWriter json) =>
        json.WriteNumbers(Key, Names(costs).Zip(parameters.Thresholds).ToDictionary(pair => pair.First, pair => pair.Second));

    public override IPolicy Create(CascadeParameters parameters, CostStructure costs) => new CascadePolicy(parameters.Thresholds);

    private static IEnumerable<string> Names(CostStructure costs) => costs.Tiers.SkipLast(1).Select(tier => tier.Name);
}
