using Dimec.Costs;
using Dimec.Policies.Agreement;
using Dimec.Policies.Bandits;
using Dimec.Policies.Baselines;
using Dimec.Policies.Cascade;
using Dimec.Policies.Dimee;
using Dimec.Policies.Entropy;
using Dimec.Policies.Patience;
using Dimec.Policies.Pools;

namespace Dimec.Policies;

/// <summary>Every policy there is, in the order of tables.</summary>
public static class PolicyList
{
    /// <summary>The name that stands for the cheapest plan of all contenders.</summary>
    public const string Any = "any";

    private static readonly IPolicyFamily[] _families =
    [
        new PoolsFamily(),
        new RandomFamily(),
        new CascadeFamily(),
        new EntropyFamily(),
        new PatienceFamily(),
        new AgreementFamily(),
        new DimeeFamily(),
        new SplitBanditFamily(),
        new ThresholdBanditFamily(),
        new OracleFamily(),
    ];

    /// <summary>The names that no tier may have, since a tier's name is that of the policy that always takes it.</summary>
    public static IReadOnlyCollection<string> ReservedNames { get; } = [Any, .. _families.Select(family => family.Name)];

    /// <summary>The policies over given tiers: one that always takes it for each tier (the deepest first, by its name), then all others.</summary>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <exception cref="InputException">A tier has a name of <see cref="ReservedNames"/>.</exception>
    public static IReadOnlyList<IPolicyFamily> For(CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        if (costs.Tiers.FirstOrDefault(tier => ReservedNames.Contains(tier.Name)) is { } tier)
            throw new InputException("costs tiers", $"have the name '{tier.Name}', which is the name of a policy", "give the tier another name");
        return [.. Enumerable.Range(0, costs.Tiers.Count).Reverse().Select(tier => new SingleTierFamily(tier, costs.Tiers[tier].Name)), .. _families];
    }

    /// <summary>The part that a policy plays; null where none has the name.</summary>
    /// <param name="name">A tier's name, or one of the list.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    public static PolicyKind? KindOf(string name, CostStructure costs) => For(costs).FirstOrDefault(family => family.Name == name)?.Kind;

    /// <summary>True for a policy that tiers can serve.</summary>
    /// <param name="name">A tier's name, or one of the list.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    public static bool IsServed(string name, CostStructure costs) =>
        For(costs).FirstOrDefault(family => family.Name == name) is { NotServed: null, Kind: not PolicyKind.Bound };

    /// <summary>A policy by its name.</summary>
    /// <param name="name">A tier's name, or one of the list.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <param name="where">How an error names the place where the name was given.</param>
    /// <exception cref="InputException">No policy has the name; the error lists those that there are.</exception>
    public static IPolicyFamily Find(string name, CostStructure costs, string where)
    {
        var families = For(costs);
        return families.FirstOrDefault(family => family.Name == name)
            ?? throw new InputException(where, $"'{name}' is no policy", $"use one of {string.Join(", ", families.Select(family => family.Name))}");
    }
}
