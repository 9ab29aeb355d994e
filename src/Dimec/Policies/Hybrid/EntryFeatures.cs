using Dimec.Policies.Ladder;

namespace Dimec.Policies.Hybrid;

/// <summary>What is known of a sample before a layer has run.</summary>
internal static class EntryFeatures
{
    /// <summary>How sure exit 0 is, and what e(x) says of μ and σ where that is looked at: the names in a plan.</summary>
    private static readonly string[] s_names = ["confidence", "margin", "entropy", "mu", "sigma"];

    /// <summary>The features' names in their order.</summary>
    /// <param name="withMap">Whether e(x) is looked at.</param>
    public static IReadOnlyList<string> Names(bool withMap) => s_names[..Count(withMap)];

    /// <summary>How many there are.</summary>
    public static int Count(bool withMap) => withMap ? 5 : 3;

    /// <summary>Fills in the features of one sample.</summary>
    /// <param name="zero">Exit 0's logits.</param>
    /// <param name="embedding">e(x).</param>
    /// <param name="map">What e(x) says of the data map; null where it is not looked at.</param>
    /// <param name="scores">Room for as many numbers as there are classes.</param>
    /// <param name="features">Receives them.</param>
    public static void Fill(
        ReadOnlySpan<float> zero, ReadOnlySpan<float> embedding, MapModel? map, Span<double> scores, Span<double> features)
    {
        for (var label = 0; label < zero.Length; label++)
            scores[label] = zero[label];
        StopFeatures.FillSureness(scores, features);
        if (map is null)
            return;
        features[3] = map.Confidence.Of(embedding);
        features[4] = map.Variability.Of(embedding);
    }
}
