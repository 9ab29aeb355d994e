namespace Dimec.Text.Tokenization.Normalization;

/// <summary>The settings of Hugging Face's BertNormalizer.</summary>
/// <param name="CleanText">Removes control characters and makes every blank a space.</param>
/// <param name="HandleChineseChars">Sets Chinese characters off by spaces.</param>
/// <param name="StripAccents">Decomposes and removes non-spacing marks; null: where <paramref name="Lowercase"/> does.</param>
/// <param name="Lowercase">Lower-cases.</param>
internal sealed record NormalizerSettings(bool CleanText, bool HandleChineseChars, bool? StripAccents, bool Lowercase)
{
    /// <summary>Changes nothing.</summary>
    public static NormalizerSettings None { get; } = new(false, false, false, false);

    /// <summary>Whether accents are stripped, the default resolved.</summary>
    public bool StripsAccents => StripAccents ?? Lowercase;
}
