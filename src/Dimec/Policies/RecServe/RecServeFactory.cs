using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.RecServe;

/// <summary>Names RecServe: it is planned and measured over a whole part, since what a tier does depends on the samples before.</summary>
internal sealed class RecServeFactory() : PolicyFactory<RecServeParameters>("recserve", PolicyKind.Contender)
{
    public override string NotServed => "follows the samples as they come";

    public override RecServeParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var quantile = json.Number("quantile") ?? 0;
            if (quantile is < 0 or > 1)
                json.Problem("quantile", FormattableString.Invariant($"is {quantile}"), "give 0 … 1");
            return new RecServeParameters(quantile, json.Integer("seed") ?? 0);
        });

    public override void Write(RecServeParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("quantile", parameters.Quantile);
        json.WriteNumber("seed", parameters.Seed);
    }

    public override IPolicy Create(RecServeParameters parameters, CostStructure costs) =>
        throw new InputException("plan policy", $"'{Name}' {NotServed}", "measure it, or plan another policy to serve");
}
