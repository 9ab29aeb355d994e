using Dimec.Text;

namespace Dimec.Serving.Backends;

/// <summary>
/// What computes a tier's answers. The server is the same whatever does: a bundle's model, or one that misbehaves in a test.
/// </summary>
internal interface ITierBackend : IDisposable
{
    TierDescription Description { get; }

    /// <summary>Token ids of a text (and its pair), cut to the bundle's length.</summary>
    TokenizedText Encode(string text, string? pair);

    /// <summary>Checks the values of a request's rows, before they may run beside other requests'.</summary>
    /// <param name="ids">Token ids, rows × length.</param>
    /// <param name="mask">1 for a token, 0 for padding, rows × length.</param>
    /// <param name="types">Token types, rows × length; empty where the model takes none.</param>
    /// <param name="rows">The request's rows; a run may take fewer.</param>
    /// <param name="length">The padded length.</param>
    /// <exception cref="InputException">A value is out of range.</exception>
    void CheckValues(ReadOnlySpan<long> ids, ReadOnlySpan<long> mask, ReadOnlySpan<long> types, int rows, int length);

    /// <summary>Runs a padded batch.</summary>
    /// <param name="ids">Token ids, rows × length.</param>
    /// <param name="mask">1 for a token, 0 for padding, rows × length.</param>
    /// <param name="types">Token types, rows × length; empty where the model takes none.</param>
    /// <param name="rows">The batch's size.</param>
    /// <param name="length">The padded length.</param>
    /// <param name="logits">Receives rows × classes.</param>
    /// <exception cref="InputException">A value or the shape is out of range.</exception>
    void Run(Memory<long> ids, Memory<long> mask, Memory<long> types, int rows, int length, Span<float> logits);
}
