using System.Text.Json;
using Dimec.Json;

namespace Dimec.Policies.Ladder;

/// <summary>The JSON of <see cref="LearnedScore"/>, as a stop has it.</summary>
internal static class LearnedScoreJson
{
    private const string Key = "score";
    private const string Bias = "bias";

    public static void Write(Utf8JsonWriter json, LearnedScore score)
    {
        json.WriteStartObject(Key);
        json.WriteNumber(Bias, score.Bias);
        foreach (var (name, weight) in StopFeatures.Names.Zip(score.Weights))
            json.WriteNumber(name, weight);
        json.WriteEndObject();
    }

    public static LearnedScore? Read(JsonObjectReader stop)
    {
        if (!stop.Has(Key) || stop.Object(Key) is not { IsObject: true } json)
            return null;
        var score = new LearnedScore(json.Number(Bias) ?? 0, [.. StopFeatures.Names.Select(name => json.Number(name) ?? 0)]);
        json.NoOtherKeys();
        return score;
    }
}
