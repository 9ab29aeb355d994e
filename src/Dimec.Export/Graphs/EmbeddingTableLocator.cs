using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Predictions;

namespace Dimec.Export.Graphs;

/// <summary>
/// Says where the embedding layer's tables lie in the file of the first layers: what the router maps is where the models have it.
/// </summary>
internal static class EmbeddingTableLocator
{
    /// <summary>The places of the tables.</summary>
    /// <param name="files">The files of weights, with the embeddings in them.</param>
    /// <param name="config">The encoder that they were written from.</param>
    /// <param name="kind">What e(x) is made of.</param>
    public static EmbeddingTables Locate(LayerFiles files, EncoderConfig config, EmbeddingKind kind)
    {
        var names = config.Architecture.Embeddings;
        var hidden = config.HiddenSize;
        return new EmbeddingTables(
            files.PlaceOf($"{names.Word}.weight").File,
            hidden,
            Slice(names.Word, "weight", config.VocabularySize),
            Slice(names.Position, "weight", config.MaxPositions),
            names.TokenType is { } types ? Slice(types, "weight", config.TypeVocabularySize) : null,
            Slice(names.Norm, "weight", 1),
            Slice(names.Norm, "bias", 1),
            config.LayerNormEpsilon,
            kind);

        TableSlice Slice(string name, string part, int rows) => new(files.PlaceOf($"{name}.{part}").Offset, rows, hidden);
    }
}
