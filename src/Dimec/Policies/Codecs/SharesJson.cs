using Dimec.Costs;
using Dimec.Json;

namespace Dimec.Policies.Codecs;

/// <summary>The tiers' shares of the samples, as plans and evaluations hold them.</summary>
internal static class SharesJson
{
    private const string Key = "shares";
    private const double Rounding = 1e-6;

    /// <summary>
    /// By tier, its share; none where nothing is said of them. Whoever draws tiers by them relies on their being 1 together.
    /// </summary>
    /// <param name="json">The object that holds them.</param>
    /// <param name="costs">The tiers; null where these could not be read, so that nothing can be said of the shares.</param>
    public static IReadOnlyDictionary<string, double> Read(JsonObjectReader json, CostStructure? costs)
    {
        var shares = json.NumbersByName(Key);
        if (shares.Count > 0 && costs is not null
            && (shares.Keys.Any(name => costs.IndexOf(name) < 0)
                || shares.Values.Any(share => share < 0) || !(Math.Abs(shares.Values.Sum() - 1) <= Rounding)))
        {
            json.Problem(Key, "are negative, do not sum to 1, or name a tier that is not there", "give each tier its share of 1");
        }

        return shares;
    }
}
