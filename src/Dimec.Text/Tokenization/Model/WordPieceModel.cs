namespace Dimec.Text.Tokenization.Model;

/// <summary>
/// WordPiece: cuts a word into the longest pieces of the vocabulary from left to right; a word that cannot be cut is unknown.
/// </summary>
/// <remarks>
/// The libraries that do this give a list a word, and none can be had without a normaliser and word cutter of its own: those of
/// Microsoft.ML.Tokenizers and FastBertTokenizer differ from Hugging Face's, and the first's depends on the machine's ICU.
/// </remarks>
internal sealed class WordPieceModel
{
    private readonly Pieces _starts;
    private readonly Pieces _continuations;

    public WordPieceModel(TokenizerSettings settings)
    {
        UnknownId = settings.Vocabulary[settings.UnknownToken];
        MaxCodePointsPerWord = settings.MaxCodePointsPerWord;
        _starts = new Pieces(settings.Vocabulary.Select(token => (token.Key, token.Value)));
        var prefix = settings.ContinuationPrefix;
        _continuations = new Pieces(settings.Vocabulary
            .Where(token => token.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(token => (token.Key[prefix.Length..], token.Value)));
    }

    /// <summary>The id of a word that cannot be cut.</summary>
    public int UnknownId { get; }

    /// <summary>A word of more code points than this is unknown.</summary>
    public int MaxCodePointsPerWord { get; }

    /// <summary>Adds the ids of a word.</summary>
    public void Encode(ReadOnlySpan<char> word, TokenBuffer output)
    {
        var before = output.Count;
        var pieces = _starts;
        while (!word.IsEmpty)
        {
            var length = pieces.Longest(word, out var id);
            if (length == 0)
            {
                output.CutTo(before);
                output.Add(UnknownId);
                return;
            }

            output.Add(id);
            word = word[length..];
            pieces = _continuations;
        }
    }

    /// <summary>The pieces that can stand at a place of a word.</summary>
    private sealed class Pieces
    {
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
        private readonly int _longest;

        public Pieces(IEnumerable<(string Content, int Id)> pieces)
        {
            var ids = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (content, id) in pieces.Where(piece => piece.Content.Length > 0))
            {
                ids.Add(content, id);
                _longest = Math.Max(_longest, content.Length);
            }

            _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        /// <summary>The length of the longest piece that a text begins with; 0 where there is none.</summary>
        public int Longest(ReadOnlySpan<char> text, out int id)
        {
            for (var length = Math.Min(text.Length, _longest); length > 0; length--)
            {
                if (_ids.TryGetValue(text[..length], out id))
                    return length;
            }

            id = 0;
            return 0;
        }
    }
}
