using Dimec.Checkpoints;
using Dimec.Checkpoints.Architectures;

namespace Dimec.Training.Model;

/// <summary>Lays every trained tensor out in one flat buffer: the word table first, then all that is updated densely.</summary>
internal sealed class ParameterLayout
{
    private const int Alignment = NativeFloats.Alignment / sizeof(float);
    private readonly List<ParameterSlot> _slots = [];
    private int _end;

    public ParameterLayout(ModelShape shape)
    {
        var encoder = shape.Encoder;
        var hidden = encoder.HiddenSize;
        var names = encoder.Architecture.Embeddings;
        Add($"{names.Word}.weight", [encoder.VocabularySize, hidden]);
        Add($"{names.Position}.weight", [encoder.MaxPositions, hidden]);
        if (names.TokenType is { } types)
            Add($"{types}.weight", [encoder.TypeVocabularySize, hidden]);
        AddNorm(names.Norm, hidden);
        for (var layer = 0; layer < shape.Layers; layer++)
            AddLayer(encoder.Architecture.Layer(layer), QkvOf(encoder.Architecture, layer), encoder);
        var (firstHead, headsStart) = (_slots.Count, _end);
        foreach (var exit in shape.Exits.Exits)
        {
            if (exit == shape.Layers)
                EarlyHeads = new ParameterRange(headsStart, _end - headsStart, HasWords: false, _slots[firstHead..]);
            if (shape.HasPooler)
                AddDense(ExitNames.Dense(exit), hidden, hidden);
            AddDense(ExitNames.Classifier(exit), shape.Classes, hidden);
        }

        All = new ParameterRange(0, _end, HasWords: true, _slots[1..]);
    }

    /// <summary>The slots in the buffer's order; the first is the word table.</summary>
    public IReadOnlyList<ParameterSlot> Slots => _slots;

    public ParameterSlot Words => _slots[0];

    public ParameterRange All { get; }

    /// <summary>The heads of the exits below the last; empty where there is one exit.</summary>
    public ParameterRange EarlyHeads { get; } = null!;

    /// <summary>Length of the buffer, gaps for alignment included.</summary>
    public int Length => _end;

    /// <summary>The trainer's name of a layer's query, key and value, which it keeps in one.</summary>
    /// <param name="architecture">The encoder's family.</param>
    /// <param name="layer">The layer's number, from 0.</param>
    public static string QkvOf(EncoderArchitecture architecture, int layer) => $"{architecture.LayerName(layer)}.qkv";

    private void AddLayer(LayerNames names, string qkv, EncoderConfig encoder)
    {
        var (hidden, inner) = (encoder.HiddenSize, encoder.IntermediateSize);
        // Query, key and value read the same input: one matrix of three times the height is one multiplication.
        string[] parts = [names.Query, names.Key, names.Value];
        Add($"{qkv}.weight", [3 * hidden, hidden], [.. parts.Select(part => $"{part}.weight")]);
        Add($"{qkv}.bias", [3 * hidden], [.. parts.Select(part => $"{part}.bias")]);
        AddDense(names.AttentionOutput, hidden, hidden);
        AddNorm(names.AttentionNorm, hidden);
        AddDense(names.Inner, inner, hidden);
        AddDense(names.Outer, hidden, inner);
        AddNorm(names.OutputNorm, hidden);
    }

    private void AddDense(string name, int outputs, int inputs)
    {
        Add(name + ".weight", [outputs, inputs]);
        Add(name + ".bias", [outputs]);
    }

    private void AddNorm(string name, int size)
    {
        Add(name + ".weight", [size]);
        Add(name + ".bias", [size]);
    }

    private void Add(string name, int[] shape, IReadOnlyList<string>? sources = null)
    {
        var slot = new ParameterSlot(name, shape, _end, Decays: shape.Length > 1, sources ?? [name]);
        _slots.Add(slot);
        _end = checked(_end + ((slot.Count + Alignment - 1) / Alignment * Alignment));
    }
}
