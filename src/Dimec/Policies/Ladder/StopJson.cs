using System.Globalization;
using System.Text.Json;
using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Json;

namespace Dimec.Policies.Ladder;

/// <summary>
/// What the JSON of a ladder's stop and of a hybrid's have in common: the exit, where it runs, and what it is combined with.
/// </summary>
internal static class StopJson
{
    /// <summary>Reads where a stop runs.</summary>
    /// <param name="json">The stop.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <param name="before">The exit and the tier of the stop before; null for the first.</param>
    /// <param name="isExit">Whether the first stop may be at an exit.</param>
    /// <param name="order">How stops are to be ordered, for a problem's sentence.</param>
    public static (int Exit, int Tier) ReadPlace(
        JsonObjectReader json, CostStructure costs, (int Exit, int Tier)? before, Func<int, bool> isExit, string order)
    {
        var exit = json.Integer("exit") ?? 0;
        var name = json.String("tier");
        var tier = costs.IndexOf(name);
        if (name.Length > 0 && tier < 0)
            json.Problem("tier", $"'{name}' is no tier", $"use one of {string.Join(", ", costs.Tiers.Select(known => known.Name))}");
        else if (tier < 0)
            return (exit, 0);
        else if (before is { } last ? exit <= last.Exit : !isExit(exit))
            json.Problem("exit", $"is {exit}", order);
        else if (exit > costs.Tiers[tier].Depth)
        {
            json.Problem(
                "exit", $"is {exit}, where {costs.Tiers[tier].Name} has {costs.Tiers[tier].Depth} layers", "name a tier that holds it");
        }
        else if (exit == 0 && tier > 0)
            json.Problem("tier", $"is {costs.Tiers[tier].Name} for exit 0", $"exit 0 is on {costs.Tiers[0].Name}");
        else if (tier < before?.Tier)
            json.Problem("tier", "comes before the tier of the stop before", "order the stops from the first tier to the last");
        return (exit, Math.Max(tier, 0));
    }

    /// <summary>Reads what a stop's tier begins with.</summary>
    /// <param name="json">The stop.</param>
    /// <param name="hasState">Whether a stop before has hidden states to go on from.</param>
    public static WorkStart ReadStart(JsonObjectReader json, bool hasState)
    {
        var name = json.String("start");
        var start = ChoiceNames.Find<WorkStart>(name);
        if (name.Length == 0 || (start is not null && (hasState || start is WorkStart.Text or WorkStart.Here)))
            return start ?? WorkStart.Text;
        json.Problem(
            "start", $"is '{name}'",
            hasState ? $"use one of {string.Join(", ", ChoiceNames.All<WorkStart>())}" : "the first stop begins with the text");
        return WorkStart.Text;
    }

    /// <summary>Reads what a stop's exit is combined with.</summary>
    /// <param name="json">The stop.</param>
    /// <param name="inputs">The exits that the weights are to be for.</param>
    /// <param name="weights">The weights, by the exits' layers.</param>
    public static StackedExit ReadStacked(
        JsonObjectReader json, IReadOnlyList<int> inputs, IReadOnlyDictionary<string, double> weights) => new()
        {
            Inputs = inputs,
            Weights = [.. inputs.Select(input => weights.GetValueOrDefault(Name(input)))],
            Bias = json.Has("bias") ? json.Numbers("bias") : [],
        };

    /// <summary>Writes where a stop runs.</summary>
    public static void WritePlace(Utf8JsonWriter json, int exit, int tier, WorkStart start, CostStructure costs)
    {
        json.WriteNumber("exit", exit);
        json.WriteString("tier", costs.Tiers[tier].Name);
        json.WriteString("start", ChoiceNames.Of(start));
    }

    /// <summary>Writes what its exit is combined with.</summary>
    public static void WriteStacked(Utf8JsonWriter json, StackedExit stacked)
    {
        json.WriteNumbers("weights", stacked.Inputs.Zip(stacked.Weights).ToDictionary(pair => Name(pair.First), pair => pair.Second));
        if (stacked.Bias.Count > 0)
            json.WriteNumbers("bias", stacked.Bias);
    }

    /// <summary>What weights call an exit.</summary>
    public static string Name(int exit) => exit.ToString(CultureInfo.InvariantCulture);
}
