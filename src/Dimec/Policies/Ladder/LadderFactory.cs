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
            StopJson.WritePlace(json, stop.Exit, stop.Tier, stop.Start, costs);
            if (place < parameters.Stops.Count - 1)
                json.WriteNumber("threshold", stop.Threshold);
            StopJson.WriteStacked(json, stop.Stacked);
            if (stop.Score is { } score)
                LearnedScoreJson.Write(json, ScoreKey, score, StopFeatures.Names);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public override IPolicy Create(LadderParameters parameters, CostStructure costs) => new LadderPolicy(parameters);

    private static LadderStop ReadStop(JsonObjectReader json, List<LadderStop> before, bool isLast, CostStructure costs)
    {
        var (exit, tier) = StopJson.ReadPlace(
            json, costs, before.Count == 0 ? null : (before[^1].Exit, before[^1].Tier), first => first >= 0,
            "order the stops by their exits' layers, 0 first where the plan has it");
        var start = StopJson.ReadStart(json, hasState: before.Count > 0);
        var threshold = isLast ? 0 : json.Number("threshold") ?? 0;
        var stacked = ReadStacked(json, exit, before);
        var score = !isLast && json.Has(ScoreKey) && json.Object(ScoreKey) is { IsObject: true } learned
            ? LearnedScoreJson.Read(learned, StopFeatures.Names)
            : null;
        json.NoOtherKeys();
        return new LadderStop(exit, tier, start, threshold, stacked) { Score = score };
    }

    private static StackedExit ReadStacked(JsonObjectReader json, int exit, List<LadderStop> before)
    {
        int[] passed = [.. before.Select(stop => stop.Exit), exit];
        var weights = json.NumbersByName("weights");
        string[] names = [.. weights.Keys];
        int[] inputs = [.. passed.Where(input => names.Contains(StopJson.Name(input)))];
        if (json.Has("weights") && (inputs.Length != names.Length || inputs.Length == 0 || inputs[^1] != exit))
        {
            json.Problem(
                "weights", $"are for the exits {string.Join(", ", names)}",
                $"give one for {exit} and for any of the exits passed before: {string.Join(", ", passed[..^1])}");
            return StackedExit.Plain(passed);
        }

        return StopJson.ReadStacked(json, inputs, weights);
    }
}
