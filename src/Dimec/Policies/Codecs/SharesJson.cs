using System.Globalization;
using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;

namespace Dimec.Policies.Codecs;

/// <summary>The tiers' shares of the samples, as plans and evaluations hold them.</summary>
internal static class SharesJson
{
    private const string Key = "shares";
    private const string ExitsKey = "answeredAt";
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

    /// <summary>By exit, the share of samples that it answered; none where nothing is said of them.</summary>
    /// <param name="json">The object that holds them.</param>
    public static IReadOnlyDictionary<int, double> ReadAnsweredAt(JsonObjectReader json)
    {
        if (!json.Has(ExitsKey))
            return new Dictionary<int, double>();
        var shares = json.NumbersByName(ExitsKey);
        var exits = new SortedDictionary<int, double>();
        foreach (var (name, share) in shares)
        {
            // NumberStyles.None takes no sign and no space, so that each exit has one name.
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var exit) || share < 0
                || !exits.TryAdd(exit, share))
            {
                json.Problem(ExitsKey, $"have '{name}', which is no exit or has no share", "name exits by their layers, 0 for exit 0");
                break;
            }
        }

        return exits;
    }

    /// <summary>Writes them, where there are any.</summary>
    /// <param name="json">Where to, inside the object.</param>
    /// <param name="answeredAt">By exit, the share of samples that it answered.</param>
    public static void WriteAnsweredAt(Utf8JsonWriter json, IReadOnlyDictionary<int, double> answeredAt)
    {
        if (answeredAt.Count > 0)
        {
            json.WriteNumbers(
                ExitsKey, answeredAt.ToDictionary(exit => exit.Key.ToString(CultureInfo.InvariantCulture), exit => exit.Value));
        }
    }
}
