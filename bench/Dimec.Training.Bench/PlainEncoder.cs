using Dimec.Training.Data;
using Dimec.Training.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dimec.Training.Bench;

/// <summary>
/// The same encoder as one writes it with TorchSharp's modules: eager attention, separate query, key and value, dense word gradients.
/// </summary>
internal sealed class PlainEncoder : nn.Module
{
    private readonly ModelShape _shape;
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly Embedding _types;
    private readonly LayerNorm _norm;
    private readonly TorchSharp.Modules.Dropout _dropout;
    private readonly ModuleList<PlainLayer> _layers = new();
    private readonly ModuleList<PlainHead> _heads = new();

    public PlainEncoder(ModelShape shape) : base("encoder")
    {
        _shape = shape;
        var config = shape.Encoder;
        _words = nn.Embedding(config.VocabularySize, config.HiddenSize, padding_idx: config.PadTokenId);
        _positions = nn.Embedding(config.MaxPositions, config.HiddenSize);
        _types = nn.Embedding(config.TypeVocabularySize, config.HiddenSize);
        _norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        _dropout = nn.Dropout(config.HiddenDropout);
        for (var layer = 0; layer < shape.Layers; layer++)
            _layers.Add(new PlainLayer(config));
        foreach (var _ in shape.Exits.Exits)
            _heads.Add(new PlainHead(shape));
        RegisterComponents();
    }

    /// <param name="batch">The batch.</param>
    /// <param name="least">The length to which it is padded where it is shorter.</param>
    public List<Tensor> Forward(Batch batch, int least)
    {
        var length = Math.Max(batch.Length, least);
        Tensor Pad(Tensor tokens, long value) =>
            nn.functional.pad(tokens, [0, length - batch.Length], TorchSharp.PaddingModes.Constant, value);
        var ids = Pad(tensor(batch.Ids, [batch.Count, batch.Length]), 0);
        var types = Pad(tensor(batch.TypeIds, [batch.Count, batch.Length]), 0);
        var real = Pad(batch.RealTokens().squeeze(-1), 0).unsqueeze(-1);
        var mask = (1 - real.view(batch.Count, 1, 1, length)) * -1e9f;
        var positions = arange(length).unsqueeze(0);
        var hidden = _dropout.forward(_norm.forward(_words.forward(ids) + _positions.forward(positions) + _types.forward(types)));
        var logits = new List<Tensor>();
        for (var layer = 0; layer < _layers.Count; layer++)
        {
            hidden = _layers[layer].Forward(hidden, mask);
            var exit = _shape.Exits.Exits.ToList().IndexOf(layer + 1);
            if (exit >= 0)
                logits.Add(_heads[exit].Forward((hidden * real).sum(1) / real.sum(1)));
        }

        return logits;
    }
}
