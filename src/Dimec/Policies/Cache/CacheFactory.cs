using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Cache;

/// <summary>Names the cache of exact repeats: it is measured over a whole part, since a hit is one by the samples before.</summary>
internal sealed class CacheFactory() : PolicyFactory<NoParameters>("cache", PolicyKind.Control)
{
    public override string NotServed => "answers from the samples that came before";

    public override NoParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, _ => NoParameters.Instance);

    public override void Write(NoParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
    }

    public override IPolicy Create(NoParameters parameters, CostStructure costs) =>
        throw new InputException("plan policy", $"'{Name}' {NotServed}", "measure it, or plan another policy to serve");
}
