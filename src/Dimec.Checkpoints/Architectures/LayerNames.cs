namespace Dimec.Checkpoints.Architectures;

/// <summary>
/// The names of a transformer layer's parts, whose tensors end in <c>.weight</c> (outputs × inputs, or H for LayerNorms) and <c>.bias</c>.
/// </summary>
/// <param name="Query">The attention's queries, H → H.</param>
/// <param name="Key">The attention's keys, H → H.</param>
/// <param name="Value">The attention's values, H → H.</param>
/// <param name="AttentionOutput">The attention's output, H → H.</param>
/// <param name="AttentionNorm">The LayerNorm after the attention.</param>
/// <param name="Inner">The first of the feed-forward matrices, H → intermediate.</param>
/// <param name="Outer">The second of them, intermediate → H.</param>
/// <param name="OutputNorm">The LayerNorm after them.</param>
public sealed record LayerNames(
    string Query, string Key, string Value, string AttentionOutput, string AttentionNorm, string Inner, string Outer, string OutputNorm)
{
    internal LayerNames Under(string layer) => new(
        $"{layer}.{Query}", $"{layer}.{Key}", $"{layer}.{Value}", $"{layer}.{AttentionOutput}",
        $"{layer}.{AttentionNorm}", $"{layer}.{Inner}", $"{layer}.{Outer}", $"{layer}.{OutputNorm}");
}
