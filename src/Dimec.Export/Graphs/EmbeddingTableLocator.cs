using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Onnx.Reading;
using Dimec.Predictions;

namespace Dimec.Export.Graphs;

/// <summary>
/// Finds where the embedding layer's tables lie inside a written model: what the router maps is then where the file really has it.
/// </summary>
internal static class EmbeddingTableLocator
{
    /// <summary>The places of the tables in a model file.</summary>
    /// <param name="model">The written model, which can seek.</param>
    /// <param name="file">Its name in the bundle.</param>
    /// <param name="config">The encoder that it was written from.</param>
    /// <param name="kind">What e(x) is made of.</param>
    public static EmbeddingTables Locate(Stream model, string file, EncoderConfig config, EmbeddingKind kind)
    {
        var offsets = InitializerOffsets.Find(model);
        var names = config.Architecture.Embeddings;
        var hidden = config.HiddenSize;
        return new EmbeddingTables(
            file,
            hidden,
            new TableSlice(offsets[$"{names.Word}.weight"], config.VocabularySize, hidden),
            new TableSlice(offsets[$"{names.Position}.weight"], config.MaxPositions, hidden),
            names.TokenType is { } types ? new TableSlice(offsets[$"{types}.weight"], config.TypeVocabularySize, hidden) : null,
            new TableSlice(offsets[$"{names.Norm}.weight"], 1, hidden),
            new TableSlice(offsets[$"{names.Norm}.bias"], 1, hidden),
            config.LayerNormEpsilon,
            kind);
    }
}
