using Dimec.Text.Tokenization.Characters;
using WordPiece = Microsoft.ML.Tokenizers.WordPieceTokenizer;

namespace Dimec.Text.Tokenization.Model;

/// <summary>
/// WordPiece: cuts a word into the longest pieces of the vocabulary from left to right; a word that cannot be cut is unknown.
/// </summary>
/// <remarks>
/// Microsoft.ML.Tokenizers does the cutting and gets finished words only. Its own normaliser and word cutter are not used, as they differ
/// from Hugging Face's and depend on the machine's ICU; nor is its limit on a word's length, which counts UTF-16 units where Hugging Face
/// counts code points. FastBertTokenizer is faster, but cannot be had without its own normalising and cutting, which
/// cannot be made exact from outside.
/// </remarks>
internal sealed class WordPieceModel
{
    private readonly WordPiece _cutter;
    private readonly int[] _idOfLine;

    public WordPieceModel(TokenizerSettings settings)
    {
        UnknownId = settings.Vocabulary[settings.UnknownToken];
        MaxCodePointsPerWord = settings.MaxCodePointsPerWord;

        // The library numbers tokens by their line. A table leads back to the file's ids, which may leave gaps. The unknown token is needed
        // as a line whatever it looks like; another token that holds white space can be in no word.
        var tokens = settings.Vocabulary.Keys
            .Where(token => token != settings.UnknownToken && IsWord(token))
            .Prepend(settings.UnknownToken)
            .ToArray();
        _idOfLine = [.. tokens.Select(token => settings.Vocabulary[token])];
        using var lines = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', tokens)));
        _cutter = WordPiece.Create(lines, new()
        {
            UnknownToken = settings.UnknownToken,
            ContinuingSubwordPrefix = settings.ContinuationPrefix,
            MaxInputCharsPerWord = 2 * settings.MaxCodePointsPerWord,
            PreTokenizer = null,
            Normalizer = null,
        });
    }

    /// <summary>The id of a word that cannot be cut.</summary>
    public int UnknownId { get; }

    /// <summary>A word of more code points than this is unknown.</summary>
    public int MaxCodePointsPerWord { get; }

    /// <summary>Adds the ids of a word.</summary>
    public void Encode(ReadOnlySpan<char> word, TokenBuffer output)
    {
        foreach (var line in _cutter.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false))
            output.Add(_idOfLine[line]);
    }

    private static bool IsWord(string token) =>
        token.Length > 0 && token.EnumerateRunes().All(rune => (CharacterTable.Instance[rune.Value] & CharacterTraits.Space) == 0);
}
