using System.Globalization;
using System.Text.Json;
using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Json;
using Dimec.Policies.Codecs;

namespace Dimec.Policies.Ladder;

/// <summary>Makes <see cref="LadderPolicy"/>: the ladder itself, and what are ladders of one shape.</summary>
/// <param name="name">The policy's name.</param>
/// <param name="kind">The part that it plays in comparisons.</param>
internal sealed class LadderFactory(string name, PolicyKind kind) : PolicyFactory<LadderParameters>(name, kind)
{
    /// <summary>Any stops.</summary>
    public const string Ladder = "ladder";

    /// <summary>Exit 0 answers everything.</summary>
    public const string Ngram = "ngram";

    /// <summary>The last tier answers everything, stacked on exit 0.</summary>
    public const string StackedCloud = "stacked-cloud";

    /// <summary>Exit 0 answers what it is sure of, the last tier the rest, each as it is.</summary>
    public const string PhoneCloud = "phone-cloud";

    private const string ScoreKey = "score";

    /// <summary>A threshold that no confidence reaches.</summary>
    public const double Never = 2;

    public override bool Resumes => true;

    public override LadderParameters Read(JsonElement parameters, CostStructure costs, string where) =>
        ParametersJson.Read(parameters, where, json =>
        {
            var stops = new List<LadderStop>();
            JsonObjectReader[] objects = [.. json.Objects("stops")];
            foreach (var (place, stop) in objects.Index())
                stops.Add(ReadStop(stop, stops, place == objects.Length - 1, costs));
            if (stops.Count == 0 && json.Has("stops"))
                json.Problem("stops", "are none", "give at least one");
            if (stops.Select(stop => stop.Stacked.Bias.Count).Where(count => count > 0).Distinct().Count() > 1)
                json.Problem("stops", "have biases of different lengths", "give every stop one bias a class, or none");
            return new LadderParameters(stops);
        });

    public override void Write(LadderParameters parameters, CostStructure costs, Utf8JsonWriter json)
    {
        json.WriteStartArray("stops");
        foreach (var (place, stop) in parameters.Stops.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("exit", stop.Exit);
            json.WriteString("tier", costs.Tiers[stop.Tier].Name);
            json.WriteString("start", ChoiceNames.Of(stop.Start));
            if (place < parameters.Stops.Count - 1)
                json.WriteNumber("threshold", stop.Threshold);
            json.WriteNumbers(
                "weights",
                stop.Stacked.Inputs.Zip(stop.Stacked.Weights)
                    .ToDictionary(pair => pair.First.ToString(CultureInfo.InvariantCulture), pair => pair.Second));
            if (stop.Stacked.Bias.Count > 0)
                json.WriteNumbers("bias", stop.Stacked.Bias);
            if (stop.Score is { } score)
                LearnedScoreJson.Write(json, ScoreKey, score, StopFeatures.Names);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public override IPolicy Create(LadderParameters parameters, CostStructure costs) => new LadderPolicy(parameters);

    private static LadderStop ReadStop(JsonObjectReader json, IReadOnlyList<LadderStop> before, bool isLast, CostStructure costs)
    {
        var exit = json.Integer("exit") ?? 0;
        var name = json.String("tier");
        var tier = costs.IndexOf(name);
        if (name.Length > 0 && tier < 0)
            json.Problem("tier", $"'{name}' is no tier", $"use one of {string.Join(", ", costs.Tiers.Select(known => known.Name))}");
        else if (tier >= 0)
            CheckPlace(json, exit, tier, before, costs);
        var start = ReadStart(json, before);
        var threshold = isLast ? 0 : json.Number("threshold") ?? 0;
        var stacked = ReadStacked(json, exit, before);
        var score = !isLast && json.Has(ScoreKey) && json.Object(ScoreKey) is { IsObject: true } learned
            ? LearnedScoreJson.Read(learned, StopFeatures.Names)
            : null;
        json.NoOtherKeys();
        return new LadderStop(exit, Math.Max(tier, 0), start, threshold, stacked) { Score = score };
    }

    private static void CheckPlace(JsonObjectReader json, int exit, int tier, IReadOnlyList<LadderStop> before, CostStructure costs)
    {
        if (before.Count == 0 ? exit < 0 : exit <= before[^1].Exit)
            json.Problem("exit", $"is {exit}", "order the stops by their exits' layers, 0 first where the plan has it");
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

    private static WorkStart ReadStart(JsonObjectReader json, IReadOnlyList<LadderStop> before)
    {
        var name = json.String("start");
        var start = ChoiceNames.Find<WorkStart>(name);
        if (name.Length == 0 || (start is not null && (before.Count > 0 || start is WorkStart.Text or WorkStart.Here)))
            return start ?? WorkStart.Text;
        json.Problem(
            "start", $"is '{name}'",
            before.Count > 0 ? $"use one of {string.Join(", ", ChoiceNames.All<WorkStart>())}" : "the first stop begins with the text");
        return WorkStart.Text;
    }

    private static StackedExit ReadStacked(JsonObjectReader json, int exit, IReadOnlyList<LadderStop> before)
    {
        int[] passed = [.. before.Select(stop => stop.Exit), exit];
        var weights = json.NumbersByName("weights");
        string[] names = [.. weights.Keys];
        // The inputs are the stops passed last, so that nothing but the visits has to be looked at.
        int[] inputs = passed.Length >= names.Length ? passed[^names.Length..] : [];
        string[] expected = [.. inputs.Select(input => input.ToString(CultureInfo.InvariantCulture))];
        if (json.Has("weights") && (names.Length == 0 || !names.ToHashSet().SetEquals(expected)))
        {
            json.Problem(
                "weights", $"are for the exits {string.Join(", ", names)}",
                $"give one for each of the exits passed: {string.Join(", ", passed)}");
            return StackedExit.Plain(passed);
        }

        return new StackedExit
        {
            Inputs = inputs,
            Weights = [.. expected.Select(name => weights.GetValueOrDefault(name))],
            Bias = json.Has("bias") ? json.Numbers("bias") : [],
        };
    }
}
