using System.Text;
using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads <c>vocab.txt</c>.</summary>
internal static class VocabularyReader
{
    private const string Fix = "give the vocab.txt of the checkpoint, one token a line";

    public static TokenizerSettings Read(Stream stream, VocabularySettings settings, string where)
    {
        var vocabulary = ReadTokens(stream, where);
        var errors = new InputErrors();
        foreach (var token in (string[])[settings.Unknown, settings.Start, settings.Separator])
        {
            if (!vocabulary.ContainsKey(token))
                errors.Add(where, $"the vocabulary of {vocabulary.Count} tokens lacks the special token {token}", Fix);
        }

        errors.ThrowIfAny();
        string[] special = [settings.Pad, settings.Unknown, settings.Start, settings.Separator, settings.Mask];
        return new TokenizerSettings(
            vocabulary,
            settings.Unknown,
            ContinuationPrefix: "##",
            MaxCodePointsPerWord: 100,
            new NormalizerSettings(CleanText: true, settings.HandleChineseChars, settings.StripAccents, settings.Lowercase),
            [.. special.Where(vocabulary.ContainsKey).Select(token => new AddedToken(vocabulary[token], token, true, false, false, false, false)).OrderBy(token => token.Id)],
            EncodingTemplate.Bert(new(settings.Start, vocabulary[settings.Start]), new(settings.Separator, vocabulary[settings.Separator])));
    }

    private static Dictionary<string, int> ReadTokens(Stream stream, string where)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        try
        {
            for (var id = 0; reader.ReadLine() is { } line; id++)
                vocabulary[line.TrimEnd()] = id;
        }
        catch (DecoderFallbackException)
        {
            throw new InputException(where, "is not valid UTF-8", Fix);
        }

        return vocabulary;
    }
}
