using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Text;

namespace Dimec.Serving.Backends;

/// <summary>
/// What computes a tier's answers. The server is the same whatever does: a bundle's model, or one that misbehaves in a test.
/// </summary>
internal interface ITierBackend : IDisposable
{
    TierDescription Description { get; }

    /// <summary>The bundle, with whose plan a tier goes on; null: there is none, and the tier runs its layers alone.</summary>
    Bundle? Bundle { get; }

    /// <summary>Token ids of a text (and its pair), cut to the bundle's length.</summary>
    TokenizedText Encode(string text, string? pair);

    /// <summary>Checks the values of a request's rows, before they may run beside other requests'.</summary>
    /// <param name="from">The layer whose hidden states they are; 0: they are token ids.</param>
    /// <param name="input">The request's rows, padded; a run may take fewer.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    void CheckValues(int from, TierInput input);

    /// <summary>Runs a padded batch.</summary>
    /// <param name="layers">The layers, one of the description's stretches.</param>
    /// <param name="input">The batch.</param>
    /// <param name="logits">Receives rows × classes.</param>
    /// <param name="hidden">Receives rows × length × hidden; empty where the states are not wanted.</param>
    /// <exception cref="InputException">A value or the shape is out of range.</exception>
    void Run(LayerStretch layers, TierInput input, Span<float> logits, Span<float> hidden);
}
