using System.Globalization;
using Dimec.Costs;

namespace Dimec.Studies.Settings;

/// <summary>Sets of tier depths, a cost structure each.</summary>
public static class TierDepths
{
    /// <summary>Reads the sets of a call, or takes the usual ones of a backbone.</summary>
    /// <param name="given">Layer numbers with commas between them; empty for the usual ones.</param>
    /// <param name="layers">The backbone's layers; null where it is not to be had.</param>
    /// <param name="errors">Gets everything that is wrong.</param>
    public static IReadOnlyList<CostStructure> Parse(IReadOnlyList<string> given, int? layers, InputErrors errors)
    {
        var structures = new List<CostStructure>();
        foreach (var text in given.Count > 0 ? given : Usual(layers))
        {
            int[] depths = [.. text.Split(',', StringSplitOptions.TrimEntries)
                .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : 0)];
            if (depths.Length < 2
                || depths[0] < 1 || depths.Zip(depths.Skip(1)).Any(pair => pair.First >= pair.Second) || depths[^1] > layers)
            {
                errors.Add(
                    $"{OptionNames.Of(CallArgument.Depths)} {text}",
                    $"is no list of two or more ascending layers{(layers is { } most ? $" of 1 to {most}" : "")}",
                    $"write e.g. {Usual(layers).FirstOrDefault("2,4,6")}");
            }
            else if (structures.Any(other => other.Tiers.Select(tier => tier.Depth).SequenceEqual(depths)))
            {
                errors.Add($"{OptionNames.Of(CallArgument.Depths)} {text}", "comes twice", "give each set of depths once");
            }
            else
            {
                structures.Add(CostStructure.Default(depths));
            }
        }

        return structures;
    }

    /// <summary>The paper's depths and, of the same number of layers, a second set: no claim rests on one.</summary>
    private static string[] Usual(int? layers) => layers switch
    {
        null => [],
        6 => ["2,4,6", "1,3,6"],
        12 => ["3,6,12", "4,8,12"],
        < 3 => [string.Join(',', Enumerable.Range(1, layers.Value))],
        _ => [$"{layers / 3},{2 * layers / 3},{layers}"],
    };
}
