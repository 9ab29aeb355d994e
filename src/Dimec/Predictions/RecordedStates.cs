namespace Dimec.Predictions;

/// <summary>What some exits' heads pooled of a part's samples: a vector of one length for each sample and layer.</summary>
/// <param name="layers">The layers whose exits' states were recorded, ascending; may be none.</param>
/// <param name="size">The length of a state; 0 where none was recorded.</param>
/// <param name="values">Samples × layers × size values.</param>
internal sealed class RecordedStates(int[] layers, int size, float[] values)
{
    public static RecordedStates None { get; } = new([], 0, []);

    public int[] Layers => layers;

    public int Size => size;

    /// <summary>A sample's state at a layer; empty where none was recorded.</summary>
    public ReadOnlyMemory<float> Of(int sample, int layer) => Array.IndexOf(layers, layer) is >= 0 and var place
        ? values.AsMemory(((sample * layers.Length) + place) * size, size)
        : default;

    public RecordedStates Subset(IReadOnlyList<int> samples)
    {
        var row = layers.Length * size;
        var kept = new float[samples.Count * row];
        for (var i = 0; i < samples.Count; i++)
            values.AsSpan(samples[i] * row, row).CopyTo(kept.AsSpan(i * row));
        return new RecordedStates(layers, size, kept);
    }
}
