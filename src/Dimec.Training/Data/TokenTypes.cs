using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Training.Data;

/// <summary>What a tokenizer says about the types of tokens, as an encoder takes it.</summary>
internal static class TokenTypes
{
    /// <summary>
    /// The same encoding, without types where the encoder's tokens have none: tokenizers tell the texts of a pair apart all the same.
    /// </summary>
    /// <param name="encode">Turns a sample into token ids and types.</param>
    /// <param name="config">The encoder.</param>
    public static Func<Sample, TokenizedText> For(Func<Sample, TokenizedText> encode, EncoderConfig config) =>
        config.Architecture.HasTokenTypes ? encode : sample => encode(sample) with { TypeIds = [] };
}
