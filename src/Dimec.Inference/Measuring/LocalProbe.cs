using Dimec.Bundles;
using Dimec.Costs;
using Dimec.Inference.Client;

namespace Dimec.Inference.Measuring;

/// <summary>The tier in this process, run as a client runs it.</summary>
/// <param name="model">Its models; disposed with this.</param>
/// <param name="samples">What is run.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalProbe(TierModel model, SampleRows samples, TimeProvider time) : ITierProbe
{
    private readonly LocalTier _tier = new(model, new DimecClientOptions { MaxBatch = 4096 });

    public IReadOnlyList<LayerStretch> Stretches => model.Stretches;

    public async Task<ProbeReading> RunAsync(LayerStretch layers, int tokens, int rows, CancellationToken cancellationToken)
    {
        var batch = samples.Rows(rows, tokens, hidden: layers.From > 0);
        var work = new TierWork(0, layers.From, layers.To, layers.From == 0 ? WorkStart.Text : WorkStart.Here, 0);
        var began = time.GetTimestamp();
        await _tier.RunAsync(work, batch, hidden: true, cancellationToken).ConfigureAwait(false);
        return new ProbeReading(time.GetElapsedTime(began).TotalMilliseconds, 0, 0);
    }

    public void Dispose() => _tier.Dispose();
}
