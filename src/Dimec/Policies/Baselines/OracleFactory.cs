using System.Text.Json;
using Dimec.Costs;

namespace Dimec.Policies.Baselines;

/// <summary>Names the bound that hindsight sets (<see cref="OracleFitter"/>). It is measured and neither planned nor served.</summary>
internal sealed class OracleFactory() : PolicyFactory<NoParameters>("oracle", PolicyKind.Bound)
{
    public override NoParameters Read(JsonElement parameters, CostStructure costs, string where) => throw Refused(where);

    public override void Write(NoParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
    }

    public override IPolicy Create(NoParameters parameters, CostStructure costs) => throw Refused("plan");

    private InputException Refused(string where) =>
        new($"{where} policy", $"'{Name}' knows the true class of every sample and cannot be served", "plan another policy");
}
