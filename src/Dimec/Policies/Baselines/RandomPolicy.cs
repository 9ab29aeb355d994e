namespace Dimec.Policies.Baselines;

/// <summary>
/// A tier drawn at given shares, whatever the sample: what a router of the same cost would save that knew nothing. The draw is a hash of
/// the seed and the sample's guid, so that a sample always gets the same tier in the client and in a replay. So served, the shares are kept
/// on average; where it is measured as a control, <see cref="RandomFitter"/> keeps them exactly.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="shares">The share of each tier; together 1.</param>
internal sealed class RandomPolicy(int seed, IReadOnlyList<double> shares) : IPolicy
{
    public PolicyStep Next(in PolicyState state) => state.Visits.IsEmpty ? PolicyStep.RunOn(Draw(state.Guid)) : PolicyStep.Answer;

    private int Draw(string guid)
    {
        var left = Place(seed, guid);
        for (var tier = 0; tier < shares.Count; tier++)
        {
            if (left < shares[tier])
                return tier;
            left -= shares[tier];
        }

        // Shares that sum to a little less than 1 leave a crumb: it goes to the last tier that may be drawn at all.
        return Enumerable.Range(0, shares.Count).Last(tier => shares[tier] > 0);
    }

    /// <summary>A sample's number of [0, 1) by FNV-1a over the seed and the guid, mixed by the finalizer of MurmurHash3.</summary>
    internal static double Place(int seed, string guid)
    {
        var hash = (0xCBF29CE484222325UL ^ (uint)seed) * 0x100000001B3UL;
        foreach (var character in guid)
            hash = (hash ^ character) * 0x100000001B3UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return ((hash ^ (hash >> 33)) >> 11) * (1.0 / (1UL << 53));
    }
}
