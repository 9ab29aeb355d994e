using Dimec.Bundles;

namespace Dimec.Inference.Client;

/// <summary>The bundle's tiers by their place: the mobile in this process, the others at their addresses, where they have one.</summary>
internal sealed class TierSet(IReadOnlyList<BundleTier> tiers, LocalTier local, IReadOnlyDictionary<string, RemoteTier> remotes)
    : IDisposable
{
    private readonly TierFailure?[] _notConfigured = [.. tiers.Select((tier, index) => index == 0 || remotes.ContainsKey(tier.Name)
        ? null
        : new TierFailure(
            tier.Name, TierFailureReason.NotConfigured, $"Tier {tier.Name} was not asked: this client was given no address of it."))];

    public int Count => tiers.Count;

    public LocalTier Local => local;

    public string NameOf(int tier) => tiers[tier].Name;

    public int ExitOf(int tier) => tiers[tier].Exit;

    public RemoteTier Remote(int tier) => remotes[tiers[tier].Name];

    public TierFailure? NotConfigured(int tier) => _notConfigured[tier];

    public void Dispose()
    {
        local.Dispose();
        foreach (var remote in remotes.Values)
            remote.Dispose();
    }
}
