using Dimec.Costs;
using Dimec.Policies.Agreement;
using Dimec.Policies.Bandits;
using Dimec.Policies.Baselines;
using Dimec.Policies.Cache;
using Dimec.Policies.Cascade;
using Dimec.Policies.Dimee;
using Dimec.Policies.Entropy;
using Dimec.Policies.Hybrid;
using Dimec.Policies.Ladder;
using Dimec.Policies.Patience;
using Dimec.Policies.Pools;
using Dimec.Policies.RecServe;

namespace Dimec.Policies;

/// <summary>
/// Policies by their names, in the order of tables: what a plan's file may name. An immutable value: <see cref="With"/> makes a longer one,
/// which plans and bundles can be read with. How they are fitted is another list's matter (<see cref="Fitting.FitterList"/>).
/// </summary>
public sealed class PolicyList
{
    /// <summary>The name that stands for the cheapest plan of all contenders.</summary>
    public const string Any = "any";

    /// <summary>The name of the routing by pools of data cartography.</summary>
    public const string Pools = "pools";

    /// <summary>The name of the cloud combined with exit 0, against which drops are stated as well (method section 9).</summary>
    public const string StackedCloud = LadderFactory.StackedCloud;

    /// <summary>The name of exit 0 alone.</summary>
    public const string Ngram = LadderFactory.Ngram;

    /// <summary>The name of what people build today: exit 0 on the phone, the cloud for the rest.</summary>
    public const string PhoneCloud = LadderFactory.PhoneCloud;

    /// <summary>The name of exits in their order, each with a threshold.</summary>
    public const string Ladder = LadderFactory.Ladder;

    /// <summary>The name of a ladder whose first stop is chosen before a layer runs.</summary>
    public const string Hybrid = HybridFactory.Hybrid;

    private readonly IPolicyFactory[] _policies;

    /// <summary>Puts a list together.</summary>
    /// <param name="policies">The policies in the order of tables; single tiers are not among them.</param>
    /// <exception cref="ArgumentException">Two have one name, or one is called <see cref="Any"/>.</exception>
    public PolicyList(IEnumerable<IPolicyFactory> policies)
    {
        _policies = [.. policies];
        ReservedNames = [Any, .. _policies.Select(policy => policy.Name)];
        if (ReservedNames.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new ArgumentException($"The name '{twice}' stands for two policies.", nameof(policies));
    }

    /// <summary>
    /// The policies of this library. A new one is its folder and an entry here, and one in <see cref="Fitting.FitterList.Default"/>.
    /// </summary>
    public static PolicyList Default { get; } = new(
    [
        new PoolsFactory(),
        new RandomFactory(),
        new CascadeFactory(),
        new EntropyFactory(),
        new PatienceFactory(),
        new AgreementFactory(),
        new DimeeFactory(),
        new SplitBanditFactory(),
        new ThresholdBanditFactory(),
        new RecServeFactory(),
        new LadderFactory(LadderFactory.Ngram, PolicyKind.SingleTier),
        new LadderFactory(LadderFactory.StackedCloud, PolicyKind.SingleTier),
        new LadderFactory(LadderFactory.PhoneCloud, PolicyKind.Control),
        new CacheFactory(),
        new LadderFactory(LadderFactory.Ladder, PolicyKind.Contender),
        new HybridFactory(),
        new OracleFactory(),
    ]);

    /// <summary>The names that no tier may have, since a tier's name is that of the policy that always takes it.</summary>
    public IReadOnlyCollection<string> ReservedNames { get; }

    /// <summary>This list with one more policy, the last in tables.</summary>
    /// <param name="policy">The policy.</param>
    /// <exception cref="ArgumentException">The list has the name already.</exception>
    public PolicyList With(IPolicyFactory policy) => new([.. _policies, policy]);

    /// <summary>
    /// The policies over given tiers: one that always takes it for each tier (the deepest first, by its name), then all others.
    /// </summary>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <exception cref="InputException">A tier has a name of <see cref="ReservedNames"/>.</exception>
    public IReadOnlyList<IPolicyFactory> For(CostStructure costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        if (costs.Tiers.FirstOrDefault(tier => ReservedNames.Contains(tier.Name)) is { } tier)
        {
            throw new InputException(
                "costs tiers", $"have the name '{tier.Name}', which is the name of a policy", "give the tier another name");
        }

        return
        [
            .. Enumerable.Range(0, costs.Tiers.Count).Reverse().Select(tier => new SingleTierFactory(tier, costs.Tiers[tier].Name)),
            .. _policies,
        ];
    }

    /// <summary>The part that a policy plays; null where none has the name.</summary>
    /// <param name="name">A tier's name, or one of the list.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    public PolicyKind? KindOf(string name, CostStructure costs) => For(costs).FirstOrDefault(policy => policy.Name == name)?.Kind;

    /// <summary>True for a policy that tiers can serve.</summary>
    /// <param name="name">A tier's name, or one of the list.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    public bool IsServed(string name, CostStructure costs) =>
        For(costs).FirstOrDefault(policy => policy.Name == name) is { NotServed: null, Kind: not PolicyKind.Bound };

    /// <summary>A policy by its name.</summary>
    /// <param name="name">A tier's name, or one of the list.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <param name="where">How an error names the place where the name was given.</param>
    /// <exception cref="InputException">No policy has the name; the error lists those that there are.</exception>
    public IPolicyFactory Find(string name, CostStructure costs, string where)
    {
        var policies = For(costs);
        return policies.FirstOrDefault(policy => policy.Name == name)
            ?? throw new InputException(
                where, $"'{name}' is no policy", $"use one of {string.Join(", ", policies.Select(policy => policy.Name))}");
    }
}
