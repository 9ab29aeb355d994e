using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Patience;

/// <summary>Makes <see cref="PatiencePolicy"/>.</summary>
internal sealed class PatienceFactory() : PolicyFactory<PatienceParameters>("patience", PolicyKind.Contender)
{
    public override string NotServed => "stops at layers whose exits no tier's model gives";

    public override PatienceParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var exits = ExitWalk.ReadExits(json, costs);
            var patience = json.Integer("patience") ?? 1;
            if (patience < 1)
                json.Problem("patience", $"is {patience}", "give 1 or more");
            return new PatienceParameters(patience, exits);
        });

    public override void Write(PatienceParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteNumber("patience", parameters.Patience);
        ExitWalk.WriteExits(parameters.Exits, json);
    }

    public override IPolicy Create(PatienceParameters parameters, CostStructure costs) =>
        new PatiencePolicy(parameters.Patience, ExitWalk.Steps(parameters.Exits, costs));
}
