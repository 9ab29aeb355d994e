using Dimec.Bundles;
using Dimec.Checkpoints;
using Dimec.Predictions;

namespace Dimec.Export.Onnx;

/// <summary>
/// Finds where the embedding layer's tables lie inside a written model, by walking the file's protobuf fields: what the router maps is
/// then where the file really has it, whatever wrote it.
/// </summary>
internal static class EmbeddingTableLocator
{
    // Field numbers of ONNX: ModelProto.graph, GraphProto.initializer, TensorProto.name and raw_data.
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int Name = 8;
    private const int RawData = 9;

    /// <summary>The places of the five tables in a model file.</summary>
    /// <param name="model">The written model, which can seek.</param>
    /// <param name="file">Its name in the bundle.</param>
    /// <param name="config">The encoder that it was written from.</param>
    /// <param name="kind">What e(x) is made of.</param>
    public static EmbeddingTables Locate(Stream model, string file, EncoderConfig config, EmbeddingKind kind)
    {
        var offsets = Offsets(model);
        var hidden = config.HiddenSize;
        return new EmbeddingTables(
            file,
            hidden,
            new TableSlice(offsets[EmbeddingNames.Word], config.VocabularySize, hidden),
            new TableSlice(offsets[EmbeddingNames.Position], config.MaxPositions, hidden),
            new TableSlice(offsets[EmbeddingNames.TokenType], config.TypeVocabularySize, hidden),
            new TableSlice(offsets[$"{EmbeddingNames.Norm}.weight"], 1, hidden),
            new TableSlice(offsets[$"{EmbeddingNames.Norm}.bias"], 1, hidden),
            config.LayerNormEpsilon,
            kind);
    }

    private static Dictionary<string, long> Offsets(Stream model)
    {
        var fields = new ProtobufFields(model);
        var offsets = new Dictionary<string, long>();
        foreach (var graph in fields.Within(0, model.Length).Where(field => field.Number == Graph))
        {
            foreach (var initializer in fields.Within(graph.Start, graph.End).Where(field => field.Number == Initializer))
            {
                var tensor = fields.Within(initializer.Start, initializer.End).ToLookup(field => field.Number);
                offsets.Add(fields.Text(tensor[Name].Single()), tensor[RawData].Single().Start);
            }
        }

        return offsets;
    }
}
