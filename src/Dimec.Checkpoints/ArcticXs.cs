namespace Dimec.Checkpoints;

/// <summary>
/// snowflake-arctic-embed-xs, read from an ONNX export: MiniLM's size (6 layers, H = 384, 12 heads, uncased),
/// trained as a sentence encoder with [CLS] pooling.
/// </summary>
public static class ArcticXs
{
    /// <summary>Its shape.</summary>
    public static EncoderConfig Config => OnnxSentenceEncoder.SixLayersOf384;

    /// <summary>Reads the checkpoint.</summary>
    /// <param name="onnx">The exported model (<c>model.onnx</c>); read to its end.</param>
    /// <param name="vocabulary">The WordPiece vocabulary (<c>vocab.txt</c>), one token a line.</param>
    /// <returns>The checkpoint, with the vocabulary as its tokenizer and [CLS] pooling.</returns>
    /// <exception cref="InputException">The stream is no ONNX model, or its tensors do not have this shape.</exception>
    public static Checkpoint Read(Stream onnx, Stream vocabulary) =>
        OnnxSentenceEncoder.Read(Config, ExitHeadConfig.ClsPooling, onnx, vocabulary);
}
