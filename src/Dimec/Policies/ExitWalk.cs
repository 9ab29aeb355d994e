using System.Text.Json;
using Dimec.Costs;
using Dimec.Json;

namespace Dimec.Policies;

/// <summary>
/// The exits of all layers in ascending order, each on the tier that runs it: a policy that stops at a layer between tiers is served by
/// the cheapest tier that holds that layer (method section 8).
/// </summary>
internal static class ExitWalk
{
    /// <summary>
    /// The tier on which a walk looks at an exit: the cheapest that holds the layer, and never one before the tier it is on.
    /// </summary>
    public static int TierOf(int layer, CostStructure costs, int from = 0) =>
        Enumerable.Range(from, costs.Tiers.Count - from)
            .Where(tier => costs.Tiers[tier].Depth >= layer)
            .MinBy(tier => costs.Of(tier, 0, layer));

    /// <summary>The steps of a walk over all exits, in order.</summary>
    public static PolicyStep[] Steps(IEnumerable<int> exits, CostStructure costs)
    {
        var steps = new List<PolicyStep>();
        foreach (var exit in exits)
        {
            // A tier that has begun goes on as far as it reaches: a step there costs its layers alone.
            var tier = steps.Count > 0 && costs.Tiers[steps[^1].Tier].Depth >= exit
                ? steps[^1].Tier
                : TierOf(exit, costs, steps.Count > 0 ? steps[^1].Tier : 0);
            steps.Add(PolicyStep.RunOn(tier, exit));
        }

        return [.. steps];
    }

    /// <summary>Writes the exits among parameters.</summary>
    public static void WriteExits(IReadOnlyList<int> exits, Utf8JsonWriter json) =>
        json.WriteNumbers("exits", exits.Select(exit => (double)exit));

    /// <summary>Reads the exits that parameters name.</summary>
    public static int[] ReadExits(JsonObjectReader json, CostStructure costs)
    {
        var layers = json.Numbers("exits");
        int[] exits = [.. layers.Select(layer => (int)layer)];
        if (exits.Length == 0 || layers.Any(layer => layer != (int)layer)
            || exits[0] < 1 || exits[^1] != costs.Tiers[^1].Depth || exits.Zip(exits.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            json.Problem(
                "exits", "are not layers in ascending order up to the last tier's depth",
                $"name the layers that carry an exit, the last being {costs.Tiers[^1].Depth}");
        }

        return exits;
    }
}
