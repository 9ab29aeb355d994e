using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.Onnx;

namespace Dimec.Checkpoints;

/// <summary>Reads sentence encoders of BERT's family that come as an ONNX export with a vocabulary.</summary>
internal static class OnnxSentenceEncoder
{
    /// <summary>
    /// Six layers of H = 384 with 12 heads, uncased; an ONNX file holds neither the number of heads nor the dropouts,
    /// so they are stated here.
    /// </summary>
    public static EncoderConfig SixLayersOf384 { get; } = new()
    {
        HiddenSize = 384,
        Layers = 6,
        Heads = 12,
        IntermediateSize = 1536,
        VocabularySize = 30522,
        MaxPositions = 512,
    };

    public static Checkpoint Read(EncoderConfig config, string pooling, Stream onnx, Stream vocabulary)
    {
        ArgumentNullException.ThrowIfNull(onnx);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var (weights, source) = OnnxWeights.ReadWithSource(onnx, "model.onnx", Bert.Architecture);
        return new Checkpoint(config, weights, exits: null, ReadVocabulary(vocabulary), "model.onnx")
        {
            TrainedPooling = pooling,
            Sources = [source],
        };
    }

    private static CheckpointTokenizer ReadVocabulary(Stream stream)
    {
        using var reader = new StreamReader(stream);
        // The package's copy has Windows line ends; Hugging Face's has not, and a carriage return would become part of a token.
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new CheckpointTokenizer(
            CheckpointTokenizer.Vocabulary,
            System.Text.Encoding.UTF8.GetBytes(text),
            """{"tokenizer_class":"BertTokenizer","do_lower_case":true}"""u8.ToArray());
    }
}
