using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Precisions;

/// <summary>Steps to measure with: forward and backward through one layer of the encoder, by the code that trains it.</summary>
internal sealed class PrecisionTrial : IDisposable
{
    private readonly ModelShape _shape;
    private readonly Parameters _parameters;
    private readonly Dictionary<Precision, TransformerLayer> _layers;
    private readonly Dropout _dropout = new(0);
    private readonly int _tokens;

    /// <summary>Prepares a layer.</summary>
    /// <param name="shape">What is to be trained.</param>
    /// <param name="tokens">Tokens of a text.</param>
    public PrecisionTrial(ModelShape shape, int tokens)
    {
        // Of the rest of the model nothing is run, so that nothing of it is held.
        var encoder = shape.Encoder with { Layers = 1, VocabularySize = 1, MaxPositions = 1, TypeVocabularySize = 1 };
        _shape = shape with { Encoder = encoder, Exits = shape.Exits with { Exits = [1] } };
        _tokens = tokens;
        _parameters = new Parameters(new ParameterLayout(_shape));
        // Any values that neither vanish nor grow: zeros may be multiplied faster.
        foreach (var slot in _parameters.Layout.Slots)
        {
            var values = _parameters.Values.Slice(slot.Offset, slot.Count);
            for (var i = 0; i < values.Length; i++)
                values[i] = slot.Decays ? 0.02f * MathF.Sin(i) : 1;
        }

        var layer = new LayerParameters(_parameters, encoder.Architecture, 0);
        _layers = new[] { Precision.Fp32, Precision.Bf16 }.ToDictionary(
            precision => precision, precision => new TransformerLayer(layer, encoder, precision));
    }

    /// <summary>Makes a step.</summary>
    public void Step(Precision precision, int samples)
    {
        using var scope = NewDisposeScope();
        _dropout.Begin(0);
        var input = linspace(-1, 1, (long)samples * _tokens * _shape.Encoder.HiddenSize).view(-1, _shape.Encoder.HiddenSize)
            .requires_grad_(true);
        var output = _layers[precision].Forward(input, samples, mask: null, _dropout);
        var layers = _shape.Encoder.Architecture.LayerStem;
        Tensor[] leaves = [input, .. _parameters.Layout.Slots.Where(slot => slot.Name.StartsWith(layers, StringComparison.Ordinal))
            .Select(slot => _parameters[slot.Name])];
        _ = autograd.grad([output.sum()], leaves);
    }

    public void Dispose() => _parameters.Dispose();
}
