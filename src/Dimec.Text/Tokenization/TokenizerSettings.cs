using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization;

/// <summary>All that a tokenizer file says, and all that is written into one.</summary>
internal sealed record TokenizerSettings(
    IReadOnlyDictionary<string, int> Vocabulary,
    string UnknownToken,
    string ContinuationPrefix,
    int MaxCodePointsPerWord,
    NormalizerSettings Normalizer,
    IReadOnlyList<AddedToken> AddedTokens,
    EncodingTemplate Template)
{
    /// <summary>What to know about the file, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The id of a token of the vocabulary or among the added tokens; null where there is none.</summary>
    public int? IdOf(string token) =>
        AddedTokens.FirstOrDefault(added => added.Content == token)?.Id ?? (Vocabulary.TryGetValue(token, out var id) ? id : null);

    /// <summary>Every token that can get into an encoding.</summary>
    public IEnumerable<(string Content, int Id)> Tokens() =>
        [
            .. Vocabulary.Select(token => (token.Key, token.Value)),
            .. AddedTokens.Select(token => (token.Content, token.Id)),
            .. Template.Single
                .Concat(Template.Pair)
                .Select(piece => piece.Special)
                .OfType<SpecialToken>()
                .Select(token => (token.Content, token.Id)),
        ];
}
