using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Agreement;

/// <summary>Makes <see cref="AgreementPolicy"/>.</summary>
internal sealed class AgreementFactory() : PolicyFactory<AgreementParameters>("agreement", PolicyKind.Contender)
{
    public override string NotServed => "asks a tier for exits that its model does not give";

    public override AgreementParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var exits = ExitWalk.ReadExits(json, costs);
            var share = json.Number("share") ?? 1;
            if (share is not (> 0 and <= 1))
                json.Problem("share", FormattableString.Invariant($"is {share}"), "give a share above 0 and at most 1");
            var first = json.String("first");
            if (costs.IndexOf(first) < 0)
            {
                json.Problem(
                    "first", $"is '{first}', which is no tier", $"name one of {string.Join(", ", costs.Tiers.Select(tier => tier.Name))}");
            }

            return new AgreementParameters(share, first, exits);
        });

    public override void Write(AgreementParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("share", parameters.Share);
        json.WriteString("first", parameters.First);
        ExitWalk.WriteExits(parameters.Exits, json);
    }

    public override IPolicy Create(AgreementParameters parameters, CostStructure costs)
    {
        var (exits, first) = (parameters.Exits, costs.IndexOf(parameters.First));
        return new AgreementPolicy(
            parameters.Share,
            [.. Ensembles(exits, costs).Where(tier => tier >= first).Select(tier => Walk(tier, exits, costs))]);
    }

    /// <summary>The tiers with two exits and more, and the last one, which always answers.</summary>
    public static IEnumerable<int> Ensembles(IReadOnlyList<int> exits, CostStructure costs) =>
        Enumerable.Range(0, costs.Tiers.Count)
            .Where(tier => tier == costs.Tiers.Count - 1 || exits.Count(exit => exit <= costs.Tiers[tier].Depth) > 1);

    private static PolicyStep[] Walk(int tier, IReadOnlyList<int> exits, CostStructure costs) =>
        [.. exits.Where(exit => exit <= costs.Tiers[tier].Depth).Select(exit => PolicyStep.RunOn(tier, exit))];
}
