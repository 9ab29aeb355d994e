using System.Text.Json;
using Dimec.Json;

namespace Dimec.Policies.Ladder;

/// <summary>The JSON of <see cref="LearnedScore"/>.</summary>
internal static class LearnedScoreJson
{
    private const string Bias = "bias";

    /// <summary>Writes a score as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="score">The score.</param>
    /// <param name="names">The features' names, in their order.</param>
    public static void Write(Utf8JsonWriter json, string key, LearnedScore score, IReadOnlyList<string> names)
    {
        json.WriteStartObject(key);
        json.WriteNumber(Bias, score.Bias);
        foreach (var (name, weight) in names.Zip(score.Weights))
            json.WriteNumber(name, weight);
        json.WriteEndObject();
    }

    /// <summary>Reads a score.</summary>
    /// <param name="json">The object.</param>
    /// <param name="names">The features' names, in their order.</param>
    public static LearnedScore Read(JsonObjectReader json, IReadOnlyList<string> names)
    {
        var score = new LearnedScore(json.Number(Bias) ?? 0, [.. names.Select(name => json.Number(name) ?? 0)]);
        json.NoOtherKeys();
        return score;
    }
}
