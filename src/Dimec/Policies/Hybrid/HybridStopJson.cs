using System.Text.Json;
using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Json;
using Dimec.Policies.Ladder;

namespace Dimec.Policies.Hybrid;

/// <summary>The JSON of <see cref="HybridStop"/>.</summary>
internal static class HybridStopJson
{
    public static HybridStop Read(JsonObjectReader json, IReadOnlyList<HybridStop> before, bool withMap, CostStructure costs)
    {
        var (exit, tier) = StopJson.ReadPlace(
            json, costs, before.Count == 0 ? null : (before[^1].Exit, before[^1].Tier), first => first == 0,
            "begin with exit 0, and order the stops by their exits' layers");
        // The first stop of a layer has nothing to go on from.
        var start = StopJson.ReadStart(json, hasState: before.Count > 1);
        var threshold = json.Has("threshold") ? json.Number("threshold") ?? 0 : 0;
        var stacked = ReadStacked(json, exit);
        var right = json.Object("right") is { IsObject: true } inner
            ? LearnedScoreJson.Read(inner, EntryFeatures.Names(withMap))
            : new LearnedScore(0, new double[EntryFeatures.Count(withMap)]);
        json.NoOtherKeys();
        return new HybridStop(exit, tier, start, threshold, stacked, right);
    }

    public static void Write(HybridStop stop, bool withMap, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        StopJson.WritePlace(json, stop.Exit, stop.Tier, stop.Start, costs);
        json.WriteNumber("threshold", stop.Threshold);
        StopJson.WriteStacked(json, stop.Stacked);
        LearnedScoreJson.Write(json, "right", stop.Right, EntryFeatures.Names(withMap));
        json.WriteEndObject();
    }

    private static StackedExit ReadStacked(JsonObjectReader json, int exit)
    {
        var weights = json.NumbersByName("weights");
        int[] inputs = weights.Count == 1 || exit == 0 ? [exit] : [0, exit];
        if (json.Has("weights") && !weights.Keys.ToHashSet().SetEquals(inputs.Select(StopJson.Name)))
        {
            json.Problem(
                "weights", $"are for the exits {string.Join(", ", weights.Keys)}",
                $"give one for exit {exit}, or one each for 0 and {exit}");
        }

        return StopJson.ReadStacked(json, inputs, weights);
    }
}
