using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Studies.Ablations;

/// <summary>
/// Where an ablation gets what a choice needs and the request does not hold. Whatever throws an <see cref="InputException"/> is told
/// as the reason why the choice is not measured.
/// </summary>
public interface IAblationSource
{
    /// <summary>The number of epochs of which there are dynamics; 0 where there are none.</summary>
    int Epochs { get; }

    /// <summary>The training samples on the map.</summary>
    /// <param name="choice">Whose dynamics make the metrics.</param>
    /// <exception cref="InputException">The run lacks what the choice needs.</exception>
    PoolMetrics Training(MetricsChoice choice);

    /// <summary>The selection samples on the map.</summary>
    /// <param name="choice">Whose dynamics make the metrics.</param>
    /// <exception cref="InputException">The run lacks what the choice needs.</exception>
    PoolMetrics Selection(MetricsChoice choice);

    /// <summary>The same parts with embeddings of another kind.</summary>
    /// <param name="kind">What e(x) is made of.</param>
    /// <exception cref="InputException">None were recorded.</exception>
    EmbeddedParts Embedded(EmbeddingKind kind);
}
