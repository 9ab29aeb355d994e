using Dimec.Costs;

namespace Dimec.Policies.Bandits;

/// <summary>Names a bandit: it is planned and measured over a whole part, and there is no policy of it for one sample at a time.</summary>
/// <param name="name">The name in <c>plan.json</c>.</param>
/// <param name="notServed">Why it is not served.</param>
/// <typeparam name="TParameters">The parameters' type.</typeparam>
internal abstract class BanditFactory<TParameters>(string name, string notServed) : PolicyFactory<TParameters>(name, PolicyKind.Contender)
    where TParameters : PolicyParameters
{
    public sealed override string NotServed => notServed;

    public sealed override IPolicy Create(TParameters parameters, CostStructure costs) =>
        throw new InputException("plan policy", $"'{Name}' {NotServed}", "measure it, or plan another policy to serve");
}
