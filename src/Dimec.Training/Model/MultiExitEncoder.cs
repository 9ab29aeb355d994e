using Dimec.Training.Data;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>An encoder up to its last exit, with a classifier at each exit; a function of its parameters, not their owner.</summary>
internal sealed class MultiExitEncoder
{
    private readonly Parameters _parameters;
    private readonly ModelShape _shape;
    private readonly NormParameters _embeddingNorm;
    private readonly Tensor _positions;
    private readonly Tensor? _types;
    private readonly TransformerLayer[] _layers;
    private readonly ExitHead?[] _exits;

    public MultiExitEncoder(Parameters parameters, ModelShape shape, Precision precision = Precision.Fp32)
    {
        _parameters = parameters;
        _shape = shape;
        var architecture = shape.Encoder.Architecture;
        _embeddingNorm = new NormParameters(parameters, architecture.Embeddings.Norm);
        _positions = parameters[$"{architecture.Embeddings.Position}.weight"];
        _types = architecture.Embeddings.TokenType is { } types ? parameters[$"{types}.weight"] : null;
        _layers = [.. Enumerable.Range(0, shape.Layers)
            .Select(layer => new TransformerLayer(new LayerParameters(parameters, architecture, layer), shape.Encoder, precision))];
        _exits = [.. Enumerable.Range(1, shape.Layers)
            .Select(layer => shape.Exits.Exits.Contains(layer) ? new ExitHead(parameters, shape, layer) : null)];
    }

    /// <summary>The rows of the word table that a batch reads, [B·T, H]; a leaf of its own when gradients are wanted.</summary>
    public Tensor GatherWords(Batch batch, bool forTraining)
    {
        using (no_grad())
        {
            var rows = _parameters.Words.index_select(0, tensor(batch.Ids));
            return forTraining ? rows.requires_grad_(true) : rows;
        }
    }

    /// <summary>The embedding layer's output after its LayerNorm and before dropout, [B·T, H].</summary>
    public Tensor Embed(Batch batch, Tensor words) => Normalize(Sum(batch, words));

    /// <summary>Word + position (+ token type, where tokens have types), [B, T, H].</summary>
    public Tensor Sum(Batch batch, Tensor words)
    {
        var hidden = _shape.Encoder.HiddenSize;
        var positions = _positions.narrow(0, 0, batch.Length);
        var rows = words.view(batch.Count, batch.Length, hidden);
        if (_types is null)
            return rows.add(positions);
        return batch.HasTypes
            ? rows.add(positions).add(_types.index_select(0, tensor(batch.TypeIds)).view(batch.Count, batch.Length, hidden))
            : rows.add(positions.add(_types.narrow(0, 0, 1)));
    }

    /// <summary>The LayerNorm of such sums, [B·T, H].</summary>
    public Tensor Normalize(Tensor sum) => _embeddingNorm.Apply(sum, _shape.Encoder.LayerNormEpsilon).view(-1, _shape.Encoder.HiddenSize);

    /// <summary>Every layer's output [B·T, H], the embedding layer's first.</summary>
    public IEnumerable<Tensor> HiddenStates(Batch batch, Tensor embedded, Dropout? dropout)
    {
        var mask = batch.IsPadded ? PaddingMask(batch) : null;
        var hidden = dropout?.Apply(embedded, _shape.Encoder.HiddenDropout) ?? embedded;
        yield return hidden;
        foreach (var layer in _layers)
            yield return hidden = layer.Forward(hidden, batch.Count, mask, dropout);
    }

    /// <summary>The logits of every exit, each [B, classes], in the order of the exits.</summary>
    public Tensor[] Forward(Batch batch, Tensor embedded, Dropout? dropout) =>
        [.. AtExits(batch, embedded, dropout).Select(exit => exit.Head.Forward(exit.Pooled, dropout))];

    /// <summary>
    /// Every exit's head with the pooled hidden state [B, H] that it reads, in the order of the exits; a layer runs when it is asked for.
    /// </summary>
    public IEnumerable<(ExitHead Head, Tensor Pooled)> AtExits(Batch batch, Tensor embedded, Dropout? dropout)
    {
        var pooling = new Pooling(batch, _shape.PoolsMean);
        var layer = 0;
        foreach (var hidden in HiddenStates(batch, embedded, dropout))
        {
            if (layer > 0 && _exits[layer - 1] is { } exit)
                yield return (exit, pooling.Apply(hidden));
            layer++;
        }
    }

    private static Tensor PaddingMask(Batch batch)
    {
        var mask = new float[batch.Count * batch.Length];
        for (var row = 0; row < batch.Count; row++)
            mask.AsSpan((row * batch.Length) + batch.Lengths[row], batch.Length - batch.Lengths[row]).Fill(float.NegativeInfinity);
        return tensor(mask, [batch.Count, 1, 1, batch.Length]);
    }
}
