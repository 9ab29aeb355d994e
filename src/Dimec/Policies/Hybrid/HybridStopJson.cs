using System.Globalization;
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
        var exit = json.Integer("exit") ?? 0;
        var name = json.String("tier");
        var tier = costs.IndexOf(name);
        if (name.Length > 0 && tier < 0)
            json.Problem("tier", $"'{name}' is no tier", $"use one of {string.Join(", ", costs.Tiers.Select(known => known.Name))}");
        else if (tier >= 0)
            CheckPlace(json, exit, tier, before, costs);
        var start = ReadStart(json, before);
        var threshold = json.Has("threshold") ? json.Number("threshold") ?? 0 : 0;
        var stacked = ReadStacked(json, exit);
        var right = json.Object("right") is { IsObject: true } inner
            ? LearnedScoreJson.Read(inner, EntryFeatures.Names(withMap))
            : new LearnedScore(0, new double[EntryFeatures.Count(withMap)]);
        json.NoOtherKeys();
        return new HybridStop(exit, Math.Max(tier, 0), start, threshold, stacked, right);
    }

    public static void Write(HybridStop stop, bool withMap, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("exit", stop.Exit);
        json.WriteString("tier", costs.Tiers[stop.Tier].Name);
        json.WriteString("start", ChoiceNames.Of(stop.Start));
        json.WriteNumber("threshold", stop.Threshold);
        json.WriteNumbers(
            "weights",
            stop.Stacked.Inputs.Zip(stop.Stacked.Weights)
                .ToDictionary(pair => pair.First.ToString(CultureInfo.InvariantCulture), pair => pair.Second));
        if (stop.Stacked.Bias.Count > 0)
            json.WriteNumbers("bias", stop.Stacked.Bias);
        LearnedScoreJson.Write(json, "right", stop.Right, EntryFeatures.Names(withMap));
        json.WriteEndObject();
    }

    private static void CheckPlace(JsonObjectReader json, int exit, int tier, IReadOnlyList<HybridStop> before, CostStructure costs)
    {
        if (before.Count == 0 ? exit != 0 : exit <= before[^1].Exit)
            json.Problem("exit", $"is {exit}", "begin with exit 0, and order the stops by their exits' layers");
        else if (exit > costs.Tiers[tier].Depth)
        {
            json.Problem(
                "exit", $"is {exit}, where {costs.Tiers[tier].Name} has {costs.Tiers[tier].Depth} layers", "name a tier that holds it");
        }
        else if (exit == 0 && tier > 0)
            json.Problem("tier", $"is {costs.Tiers[tier].Name} for exit 0", $"exit 0 is on {costs.Tiers[0].Name}");
        else if (before.Count > 0 && tier < before[^1].Tier)
            json.Problem("tier", "comes before the tier of the stop before", "order the stops from the first tier to the last");
    }

    private static WorkStart ReadStart(JsonObjectReader json, IReadOnlyList<HybridStop> before)
    {
        var name = json.String("start");
        var start = ChoiceNames.Find<WorkStart>(name);
        // The first stop of a layer has nothing to go on from.
        var hasState = before.Count > 1;
        if (name.Length == 0 || (start is not null && (hasState || start is WorkStart.Text or WorkStart.Here)))
            return start ?? WorkStart.Text;
        json.Problem(
            "start", $"is '{name}'",
            hasState ? $"use one of {string.Join(", ", ChoiceNames.All<WorkStart>())}" : "the first stop begins with the text");
        return WorkStart.Text;
    }

    private static StackedExit ReadStacked(JsonObjectReader json, int exit)
    {
        var weights = json.NumbersByName("weights");
        var own = exit.ToString(CultureInfo.InvariantCulture);
        string[] expected = weights.Count == 1 || exit == 0 ? [own] : ["0", own];
        if (json.Has("weights") && !weights.Keys.ToHashSet().SetEquals(expected))
        {
            json.Problem(
                "weights", $"are for the exits {string.Join(", ", weights.Keys)}",
                $"give one for exit {exit}, or one each for 0 and {exit}");
        }

        return new StackedExit
        {
            Inputs = expected.Length == 1 ? [exit] : [0, exit],
            Weights = [.. expected.Select(name => weights.GetValueOrDefault(name))],
            Bias = json.Has("bias") ? json.Numbers("bias") : [],
        };
    }
}
