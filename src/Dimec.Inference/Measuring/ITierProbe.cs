using Dimec.Bundles;

namespace Dimec.Inference.Measuring;

/// <summary>Runs batches on one tier and says what they took.</summary>
internal interface ITierProbe : IDisposable
{
    /// <summary>The stretches of layers that it can be asked for, the tier's whole first.</summary>
    IReadOnlyList<LayerStretch> Stretches { get; }

    /// <summary>Has a batch run.</summary>
    /// <param name="layers">One of <see cref="Stretches"/>.</param>
    /// <param name="tokens">Tokens a sample.</param>
    /// <param name="rows">Samples.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="JobException">The tier did not answer.</exception>
    Task<ProbeReading> RunAsync(LayerStretch layers, int tokens, int rows, CancellationToken cancellationToken);
}
