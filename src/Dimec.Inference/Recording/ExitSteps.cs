using Dimec.Bundles;
using Dimec.Inference.Batching;

namespace Dimec.Inference;

/// <summary>Every exit that models have, computed with as few layers as their stretches allow.</summary>
internal sealed class ExitSteps
{
    private readonly ModelShape _shape;
    private readonly (TierModel Model, LayerStretch Layers)[] _steps;

    /// <param name="shape">What the models take and give.</param>
    /// <param name="models">The models of some of a bundle's tiers.</param>
    public ExitSteps(ModelShape shape, IEnumerable<TierModel> models)
    {
        _shape = shape;
        // A model for each exit, in the order of the layers: a whole tier's where there is one.
        _steps =
        [
            .. models
                .SelectMany(model => model.Stretches.Select(layers => (Model: model, Layers: layers)))
                .GroupBy(step => step.Layers.To)
                .OrderBy(exit => exit.Key)
                .Select(exit => exit.OrderBy(step => step.Layers.From).First()),
        ];
        Exits = [.. _steps.Select(step => step.Layers.To)];
        MaxBatchTokens = _steps.Select(step => step.Model.MaxBatchTokens).DefaultIfEmpty(int.MaxValue).Min();
    }

    /// <summary>The most tokens of a batch, rows × padded length, that all models take.</summary>
    public int MaxBatchTokens { get; }

    /// <summary>The exits' layers, ascending.</summary>
    public IReadOnlyList<int> Exits { get; }

    /// <summary>Runs rows as one batch.</summary>
    /// <param name="rows">The rows' tokens; rows of like length waste least.</param>
    /// <returns>A row each, the exits' logits in their order: exits × classes.</returns>
    public float[][] Run(IReadOnlyList<TierRow> rows)
    {
        var (classes, size) = (_shape.Classes, _shape.HiddenSize);
        using var padded = new PaddedRows(rows, _shape, fromIds: true);
        var (batch, length) = (padded.Input.Batch, padded.Input.Length);
        var states = new Dictionary<int, float[]>();
        var logits = rows.Select(_ => new float[_steps.Length * classes]).ToArray();
        var one = new float[batch * classes];
        foreach (var (place, (model, layers)) in _steps.Index())
        {
            var hidden = model.GivesHidden(layers) && _steps.Any(step => step.Layers.From == layers.To)
                ? states[layers.To] = new float[batch * length * size]
                : [];
            model.Run(layers, layers.From == 0 ? padded.Input : padded.Input with { Hidden = states[layers.From] }, one, hidden);
            for (var row = 0; row < batch; row++)
                one.AsSpan(row * classes, classes).CopyTo(logits[row].AsSpan(place * classes));
        }

        return logits;
    }
}
