using Dimec.Checkpoints.Onnx;

namespace Dimec.Checkpoints;

/// <summary>all-MiniLM-L6-v2, read from an ONNX export: 6 layers, H = 384, 12 heads, uncased, trained as a sentence encoder with mean pooling.</summary>
public static class MiniLm
{
    /// <summary>Its shape; an ONNX file holds neither the number of heads nor the dropouts, so they are stated here.</summary>
    public static EncoderConfig Config { get; } = new()
    {
        HiddenSize = 384,
        Layers = 6,
        Heads = 12,
        IntermediateSize = 1536,
        VocabularySize = 30522,
        MaxPositions = 512,
    };

    /// <summary>Reads the checkpoint.</summary>
    /// <param name="onnx">The exported model (<c>model.onnx</c>); read to its end.</param>
    /// <param name="vocabulary">The WordPiece vocabulary (<c>vocab.txt</c>), one token a line.</param>
    /// <returns>The checkpoint, with the vocabulary as its tokenizer and mean pooling.</returns>
    /// <exception cref="InputException">The stream is no ONNX model, or its tensors are not MiniLM's.</exception>
    public static Checkpoint Read(Stream onnx, Stream vocabulary)
    {
        ArgumentNullException.ThrowIfNull(onnx);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var (weights, source) = OnnxWeights.ReadWithSource(onnx, "model.onnx");
        return new Checkpoint(Config, weights, exits: null, ReadVocabulary(vocabulary), "model.onnx")
        {
            TrainedPooling = ExitHeadConfig.MeanPooling,
            Sources = [source],
        };
    }

    private static CheckpointTokenizer ReadVocabulary(Stream stream)
    {
        using var reader = new StreamReader(stream);
        // The package's copy has Windows line ends; Hugging Face's has not, and a carriage return would become part of a token.
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new CheckpointTokenizer(CheckpointTokenizer.Vocabulary, System.Text.Encoding.UTF8.GetBytes(text), """{"tokenizer_class":"BertTokenizer","do_lower_case":true}"""u8.ToArray());
    }
}
