using System.Text;
using Dimec.Files;
using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads <c>vocab.txt</c>; what it does not say is as <c>tokenizer_config.json</c> has it, or as BERT has it.</summary>
internal static class VocabularyReader
{
    private const string Fix = "give the vocab.txt of the checkpoint, one token a line";

    public static TokenizerSettings Read(ReadOnlyMemory<byte> utf8, TokenizerConfig config, SpecialTokens special, string where)
    {
        var vocabulary = ReadTokens(utf8, where);
        var errors = new InputErrors();
        var (unknown, start, separator) = (
            special[SpecialTokens.Unknown] ?? "[UNK]", special[SpecialTokens.Start] ?? "[CLS]",
            special[SpecialTokens.Separator] ?? "[SEP]");
        foreach (var token in (string[])[unknown, start, separator])
        {
            if (!vocabulary.ContainsKey(token))
                errors.Add(where, $"the vocabulary of {vocabulary.Count} tokens lacks the special token {token}", Fix);
        }

        errors.ThrowIfAny();
        string[] known = [special[SpecialTokens.Pad] ?? "[PAD]", unknown, start, separator, special[SpecialTokens.Mask] ?? "[MASK]"];
        return new TokenizerSettings(
            vocabulary,
            unknown,
            ContinuationPrefix: "##",
            MaxCodePointsPerWord: 100,
            new NormalizerSettings(CleanText: true, config.HandleChineseChars ?? true, config.StripAccents, config.Lowercase ?? true),
            [.. known
                .Where(vocabulary.ContainsKey)
                .Select(token => new AddedToken(vocabulary[token], token, true, false, false, false, false))
                .DistinctBy(token => token.Id)
                .OrderBy(token => token.Id)],
            EncodingTemplate.Bert(new(start, vocabulary[start]), new(separator, vocabulary[separator])));
    }

    private static Dictionary<string, int> ReadTokens(ReadOnlyMemory<byte> utf8, string where)
    {
        if (ForeignContent.Find(utf8.Span[..Math.Min(utf8.Length, 512)]) is var (problem, fix))
            throw new InputException(where, problem, fix);
        if (ByteOrderMark.LengthIn(utf8.Span) > 0)
        {
            throw new InputException(
                where, "begins with a byte-order mark, which transformers takes for a part of the first token", "save it without the mark");
        }

        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            using var reader = new StringReader(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8.Span));
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
