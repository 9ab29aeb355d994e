using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Client;

namespace Dimec.Inference.Walks;

/// <summary>The bundle's tiers by their place: one in this process, the others at their addresses, where they have one.</summary>
internal sealed class TierSet : IDisposable
{
    private readonly IReadOnlyList<BundleTier> _tiers;
    private readonly IReadOnlyDictionary<string, RemoteTier> _remotes;
    private readonly TierFailure?[] _notConfigured;
    private readonly TierFailure[] _notAllowed;
    private readonly HashSet<(string Tier, LayerStretch Layers)> _stretches;
    private readonly HashSet<int> _resumed;

    /// <param name="bundle">The bundle.</param>
    /// <param name="here">The place of the tier that this process is.</param>
    /// <param name="remotes">The others by their names.</param>
    /// <param name="standIn">Whether another tier stands in for one that cannot be had: a client's doing.</param>
    public TierSet(Bundle bundle, int here, IReadOnlyDictionary<string, RemoteTier> remotes, bool standIn)
    {
        (Here, Costs, StandIn, _tiers, _remotes) = (here, bundle.Plan.Costs, standIn, bundle.Manifest.Tiers, remotes);
        _notConfigured = [.. _tiers.Select((tier, index) => index == here || remotes.ContainsKey(tier.Name)
            ? null
            : new TierFailure(
                tier.Name, TierFailureReason.NotConfigured,
                $"Tier {tier.Name} was not asked: {(standIn ? "this client" : $"tier {_tiers[here].Name}")} was given no address of it."))];
        _notAllowed = [.. _tiers.Select(tier => new TierFailure(
            tier.Name, TierFailureReason.NotAllowed, $"Tier {tier.Name} was not asked: the text is to stay here."))];
        _stretches = [.. bundle.Manifest.Stretches.SelectMany(stretch => stretch.Tiers.Select(tier => (tier, stretch.Layers)))];
        _resumed = [.. bundle.Plan.Works.Select(work => work.From).Where(layer => layer > 0)];
        UsesWalks = AsksWalks(bundle);
    }

    public int Here { get; }

    public CostStructure Costs { get; }

    public bool StandIn { get; }

    /// <summary>
    /// Whether the plan has tiers after the first stop within their layers or go on from hidden states, so that they have to know it. Where
    /// it does not, any server of the protocol will do.
    /// </summary>
    public bool UsesWalks { get; }

    /// <summary>The same of a bundle.</summary>
    public static bool AsksWalks(Bundle bundle) =>
        bundle.Plan.Works.Any(work => work.Tier > 0 && (work.From, work.To) != (0, bundle.Manifest.Tiers[work.Tier].Exit));

    public int Count => _tiers.Count;

    public string NameOf(int tier) => _tiers[tier].Name;

    public RemoteTier Remote(int tier) => _remotes[_tiers[tier].Name];

    public TierFailure? NotConfigured(int tier) => _notConfigured[tier];

    /// <summary>Why a tier cannot be had for a text that stays here.</summary>
    public TierFailure NotAllowed(int tier) => _notAllowed[tier];

    /// <summary>All layers of a tier, from the text.</summary>
    public TierWork Whole(int tier) => TierWork.OfText(tier, _tiers[tier].Exit);

    /// <summary>Whether the plan goes on from the states after a layer.</summary>
    public bool GoesOnFrom(int layer) => _resumed.Contains(layer);

    /// <summary>
    /// The work as it can be done: from the text where the states to go on from are not at hand, and the tier's whole where it has no model
    /// of the part. Null: not from here, which has neither, or where the plan has the client start over.
    /// </summary>
    public TierWork? Possible(TierWork work, SampleProgress sample)
    {
        if (work.From > 0 && sample.Hidden?.Layer == work.From)
        {
            if (StandIn && IsOfAnother(work))
                return work with { Start = WorkStart.Carried, Sender = work.Tier };
            return StandIn || work.Tier == Here || work.Start == WorkStart.Forwarded ? work : null;
        }

        if (sample.Tokens.Ids.IsEmpty || (!StandIn && work.Tier != Here))
            return null;
        var over = TierWork.OfText(work.Tier, work.To);
        return work.To == _tiers[work.Tier].Exit || _stretches.Contains((_tiers[work.Tier].Name, new LayerStretch(0, work.To)))
            ? over
            : Whole(work.Tier);
    }

    /// <summary>
    /// Whether the states that a client has at hand came from another tier, which by the plan keeps them or sends them on itself: a server
    /// that knows no plans did neither, and the client carries them.
    /// </summary>
    private bool IsOfAnother(TierWork work) => work.Tier != Here
        && (work.Start == WorkStart.Here || (work.Start == WorkStart.Forwarded && work.Sender != Here));

    public void Dispose()
    {
        foreach (var remote in _remotes.Values)
            remote.Dispose();
    }
}
