using Dimec.Bundles;

namespace Dimec.Inference.Client;

/// <summary>The tier that is to answer a text whatever the plan says.</summary>
internal static class PinnedTier
{
    /// <summary>Its place among the tiers; null: the plan decides.</summary>
    /// <param name="tiers">The bundle's tiers.</param>
    /// <param name="input">The text.</param>
    /// <param name="where">What an error calls the text.</param>
    /// <exception cref="InputException">The bundle has no such tier, or the text is to stay here and that tier runs elsewhere.</exception>
    public static int? Of(IReadOnlyList<BundleTier> tiers, TextInput input, string where)
    {
        if (input.Tier is not { } name)
            return null;
        var place = tiers.Select(tier => tier.Name).ToList().IndexOf(name);
        if (place < 0)
        {
            throw new InputException(
                where, $"is to be answered by '{name}', which is no tier of this bundle",
                $"name {string.Join(" or ", tiers.Select(tier => tier.Name))}");
        }

        return place == 0 || !input.IsLocalOnly
            ? place
            : throw new InputException(
                where, $"is to stay here and to be answered by {name}, which runs elsewhere",
                $"name {tiers[0].Name}, or leave out one of both");
    }
}
