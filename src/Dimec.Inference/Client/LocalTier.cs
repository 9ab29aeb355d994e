using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Batching;
using Dimec.Inference.Walks;

namespace Dimec.Inference.Client;

/// <summary>The mobile's model, in this process: always there.</summary>
internal sealed class LocalTier(TierModel model, DimecClientOptions options) : IStretchRunner, IDisposable
{
    private readonly RowBatches _batches = new(model.Shape, options.MaxBatch, options.Model.MaxBatchTokens, model.Run);

    /// <summary>Its model, which any number of threads may run.</summary>
    public TierModel Model => model;

    public Task<StretchResult> RunAsync(TierWork work, IReadOnlyList<TierRow> rows, bool hidden, CancellationToken cancellationToken)
    {
        var layers = new LayerStretch(work.From, work.To);
        return Task.Run(() => _batches.Run(layers, rows, hidden && model.GivesHidden(layers), cancellationToken), cancellationToken);
    }

    public void Dispose() => model.Dispose();
}
