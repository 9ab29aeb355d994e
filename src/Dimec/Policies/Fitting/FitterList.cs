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

namespace Dimec.Policies.Fitting;

/// <summary>
/// The policies that are planned and evaluated, in the order of tables. An immutable value: <see cref="With"/> makes a longer one, which is
/// handed to a planner and an evaluation. Apart from <see cref="PolicyList"/>, so that what only serves carries no fitting.
/// </summary>
public sealed class FitterList
{
    private readonly IPolicyFitter[] _fitters;

    /// <summary>Puts a list together.</summary>
    /// <param name="fitters">The fitters in the order of tables; single tiers are not among them.</param>
    /// <exception cref="ArgumentException">Two policies have one name.</exception>
    public FitterList(IEnumerable<IPolicyFitter> fitters)
    {
        _fitters = [.. fitters];
        Policies = new PolicyList(_fitters.Select(fitter => fitter.Policy));
    }

    /// <summary>The fitters of this library, of the policies of <see cref="PolicyList.Default"/> in their order.</summary>
    public static FitterList Default { get; } = new(
    [
        new PoolsFitter(),
        new RandomFitter(),
        new CascadeFitter(),
        new EntropyFitter(),
        new PatienceFitter(),
        new AgreementFitter(),
        new DimeeFitter(),
        new SplitBanditFitter(),
        new ThresholdBanditFitter(),
        new RecServeFitter(),
        new NgramFitter(),
        new StackedCloudFitter(),
        new PhoneCloudFitter(),
        new CacheFitter(),
        new LadderFitter(),
        new HybridFitter(),
        new OracleFitter(),
    ]);

    /// <summary>The policies by their names, as plans of this list are read with.</summary>
    public PolicyList Policies { get; }

    /// <summary>This list with one more policy, the last in tables.</summary>
    /// <param name="fitter">The policy's fitter.</param>
    /// <exception cref="ArgumentException">The list has the policy's name already.</exception>
    public FitterList With(IPolicyFitter fitter) => new([.. _fitters, fitter]);

    /// <summary>The fitters over given tiers: one for each tier (the deepest first), then all others.</summary>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <exception cref="InputException">A tier has the name of a policy.</exception>
    public IReadOnlyList<IPolicyFitter> For(CostStructure costs) =>
        [.. Policies.For(costs).OfType<SingleTierFactory>().Select(tier => new SingleTierFitter(tier)), .. _fitters];

    /// <summary>Those among which <see cref="PolicyList.Any"/> chooses: single tiers and contenders that can be served.</summary>
    /// <param name="costs">The costs, which name the tiers.</param>
    internal IReadOnlyList<IPolicyFitter> Chosen(CostStructure costs) => [.. For(costs).Where(fitter =>
        fitter.Policy is { Kind: PolicyKind.SingleTier or PolicyKind.Contender, NotServed: null })];

    /// <summary>A fitter by its policy's name.</summary>
    /// <param name="name">A tier's name, or one of the list.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <param name="where">How an error names the place where the name was given.</param>
    /// <exception cref="InputException">No policy has the name; the error lists those that there are.</exception>
    public IPolicyFitter Find(string name, CostStructure costs, string where)
    {
        var policy = Policies.Find(name, costs, where);
        return policy is SingleTierFactory tier ? new SingleTierFitter(tier) : _fitters.First(fitter => fitter.Policy == policy);
    }
}
