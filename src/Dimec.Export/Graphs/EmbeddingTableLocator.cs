using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Export.Quantization;
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
    /// <param name="precision">In what numbers the models were written.</param>
    public static EmbeddingTables Locate(LayerFiles files, EncoderConfig config, EmbeddingKind kind, ModelPrecision precision)
    {
        // Tables of few rows are kept whole where the table of words has 8 bits.
        var few = precision == ModelPrecision.Int8 ? ModelPrecision.Fp32 : precision;
        var names = config.Architecture.Embeddings;
        var hidden = config.HiddenSize;
        return new EmbeddingTables(
            files.PlaceOf($"{names.Word}.weight").File,
            hidden,
            Slice(names.Word, "weight", config.VocabularySize, precision),
            Slice(names.Position, "weight", config.MaxPositions, few),
            names.TokenType is { } types ? Slice(types, "weight", config.TypeVocabularySize, few) : null,
            Slice(names.Norm, "weight", 1, ModelPrecision.Fp32),
            Slice(names.Norm, "bias", 1, ModelPrecision.Fp32),
            config.LayerNormEpsilon,
            kind);

        TableSlice Slice(string name, string part, int rows, ModelPrecision numbers) =>
            new(files.PlaceOf($"{name}.{part}").Offset, rows, hidden)
            {
                Numbers = numbers,
                Scales = numbers == ModelPrecision.Int8 ? files.PlaceOf(Int8Dense.ScalesOf($"{name}.{part}")).Offset : null,
            };
    }
}
