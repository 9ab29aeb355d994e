using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies;

namespace Dimec.Reporting.Tests.Made;

/// <summary>A policy that is only reported: its parameters are one made object.</summary>
internal sealed class MadePolicy(string name) : PolicyFactory<NoParameters>(name, PolicyKind.Contender)
{
    private static readonly JsonElement s_parameters = JsonElement.Parse(
        $$$"""{"alpha":0.62,"betas":[0.13],"hard":"LowConfidence","temperatures":{"2":1.2145671,"6":1.4},"centroids":{"mobile":[{{{string.Join(',', Enumerable.Repeat("0.125", 60))}}}]}}""");

    public override NoParameters Read(JsonElement parameters, CostStructure costs, string where) => NoParameters.Instance;

    public override void Write(NoParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        foreach (var property in s_parameters.EnumerateObject())
            property.WriteTo(json);
    }

    public override IPolicy Create(NoParameters parameters, CostStructure costs) => throw new NotSupportedException();
}
