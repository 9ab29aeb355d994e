using Dimec.Files;
using Dimec.Text.Tokenization;
using Dimec.Text.Tokenization.Files;
using Dimec.Text.Tokenization.Model;

namespace Dimec.Text;

/// <summary>
/// The WordPiece tokenizer of the BERT family: the same ids as Hugging Face's tokenizers. Immutable; any number of threads may use it.
/// </summary>
public sealed class WordPieceTokenizer
{
    private const string PadToken = "[PAD]";

    /// <summary>The buffers of this thread's calls that give no buffer away.</summary>
    [ThreadStatic]
    private static Workspace? s_workspace;

    private readonly TokenizerSettings _settings;
    private readonly TextEncoder _encoder;
    private readonly int _unknownId;

    internal WordPieceTokenizer(TokenizerSettings settings)
    {
        _settings = settings;
        _encoder = new TextEncoder(settings);
        VocabularySize = 1 + settings.Tokens().Max(token => token.Id);
        PadId = settings.IdOf(PadToken) ?? 0;
        _unknownId = settings.IdOf(settings.UnknownToken) ?? -1;
    }

    /// <summary>How many ids there are: one more than the largest, those of the special tokens around a text included.</summary>
    public int VocabularySize { get; }

    /// <summary>
    /// The longest input in tokens that its files name (<c>model_max_length</c>); null where they name none. It is not kept to here.
    /// </summary>
    public int? LongestInput { get; private init; }

    /// <summary>What to know about the files that it was read from, a sentence each; empty where it was read from one file alone.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>The id of the padding token <c>[PAD]</c>; 0 where the vocabulary has none, as padding is masked anyway.</summary>
    public int PadId { get; }

    /// <summary>Reads a vocabulary, <c>vocab.txt</c>: a token a line, its id the line's number from 0.</summary>
    /// <param name="vocabulary">The file's bytes, UTF-8.</param>
    /// <param name="lowercase">Whether the model is uncased: texts are lower-cased and stripped of accents (<c>do_lower_case</c>).</param>
    /// <param name="where">What error messages call the file.</param>
    /// <exception cref="InputException">The file is no vocabulary, or lacks a special token.</exception>
    public static WordPieceTokenizer FromVocabulary(Stream vocabulary, bool lowercase, string where = "vocab.txt") =>
        new(VocabularyReader.Read(Bytes(vocabulary), new TokenizerConfig { Lowercase = lowercase }, new SpecialTokens(), where));

    /// <summary>Reads a <c>tokenizer.json</c> of Hugging Face's tokenizers. Its truncation and padding are left to the caller.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="where">What error messages call the file.</param>
    /// <exception cref="InputException">The file is malformed, or is not a WordPiece tokenizer of the BERT family.</exception>
    public static WordPieceTokenizer FromTokenizerJson(Stream json, string where = "tokenizer.json") =>
        new(TokenizerJsonReader.Read(Bytes(json), where));

    /// <summary>
    /// Reads the tokenizer of a checkpoint as transformers does: <c>tokenizer.json</c>, or else <c>vocab.txt</c>,
    /// and what the files beside it add.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <exception cref="InputException">A file is wrong, or two of them contradict each other.</exception>
    public static WordPieceTokenizer FromFiles(TokenizerFileSet files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var (settings, longest, notes) = TokenizerSetReader.Read(files);
        return new WordPieceTokenizer(settings) { LongestInput = longest, Notes = notes };
    }

    /// <summary>Reads the tokenizer of a checkpoint in Hugging Face layout; see <see cref="FromFiles"/>.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <exception cref="InputException">Neither <c>tokenizer.json</c> nor <c>vocab.txt</c> is there, a file is wrong,
    /// or two of them contradict each other.</exception>
    public static WordPieceTokenizer FromFolder(string folder) => FromFiles(TokenizerFolder.Read(folder));

    /// <summary>The tokens whose ids are at least so large, in the order of their ids.</summary>
    /// <param name="id">The id.</param>
    public IReadOnlyList<string> TokensFrom(int id) =>
        [.. _settings.Tokens().Where(token => token.Id >= id).OrderBy(token => token.Id).Select(token => token.Content).Distinct()];

    /// <summary>How many type ids texts get: one more than the largest.</summary>
    /// <param name="pair">Those of pairs, instead of those of single texts.</param>
    public int TypeCount(bool pair) => 1 + _settings.Template.LargestType(pair);

    /// <summary>How many special tokens stand around a text or a pair: the least length of an encoding.</summary>
    /// <param name="pair">Around a pair, instead of a single text.</param>
    public int SpecialTokenCount(bool pair) => _settings.Template.SpecialTokens(pair);

    /// <summary>
    /// Encodes a text or a pair, with special tokens; what is too long is cut at the end, of a pair the longer text first.
    /// </summary>
    /// <param name="text">The text. A surrogate without its partner counts as U+FFFD.</param>
    /// <param name="pair">The second text, or null for a single one.</param>
    /// <param name="maxLength">The most tokens, special ones included; at least <see cref="SpecialTokenCount"/>.</param>
    /// <remarks>Takes time in proportion to the text, and seldom reads further than the tokens that are kept.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> leaves no room for the special tokens.</exception>
    public TokenizedText Encode(string text, string? pair, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var template = _settings.Template;
        var room = maxLength - template.SpecialTokens(pair is not null);
        ArgumentOutOfRangeException.ThrowIfNegative(room, nameof(maxLength));

        var first = _encoder.Encode(text, room, new Workspace());
        if (pair is null)
        {
            return template.Apply(first.Ids[..Math.Min(first.Count, room)], [], false, first.Count > room) with
            {
                IsUnknown = IsUnknown(first),
            };
        }

        var second = _encoder.Encode(pair, room, new Workspace());
        for (var limit = room; !LongestFirst.IsDecided(first.Count, second.Count, room, limit);)
        {
            limit = (int)Math.Min(4L * limit, int.MaxValue);
            (first, second) = (_encoder.Encode(text, limit, new Workspace()), _encoder.Encode(pair, limit, new Workspace()));
        }

        var (keepFirst, keepSecond) = LongestFirst.Cut(first.Count, second.Count, room);
        var truncated = keepFirst < first.Count || keepSecond < second.Count;
        return template.Apply(first.Ids[..keepFirst], second.Ids[..keepSecond], true, truncated) with
        {
            IsUnknown = IsUnknown(first) || IsUnknown(second),
        };
    }

    /// <summary>
    /// Encodes a text without the special tokens around it and, once a thread has done so before, without an allocation.
    /// </summary>
    /// <param name="text">The text. A surrogate without its partner counts as U+FFFD.</param>
    /// <param name="ids">Receives the token ids, the first of them where it has not room for all.</param>
    /// <returns>How many it received.</returns>
    public int Encode(ReadOnlySpan<char> text, Span<int> ids)
    {
        var tokens = _encoder.Encode(text, ids.Length - 1, s_workspace ??= new Workspace());
        var count = Math.Min(tokens.Count, ids.Length);
        tokens.Ids[..count].CopyTo(ids);
        return count;
    }

    /// <summary>Where the texts' tokens stand in what <see cref="Encode(string, string?, int)"/> gave, without those around them.</summary>
    /// <param name="ids">The token ids of an encoding.</param>
    /// <param name="pair">Whether it is of a pair.</param>
    /// <returns>The places of the text's tokens and of its pair's, which are none for a single text; null where the ids are no such
    /// encoding.</returns>
    public (Range Text, Range Pair)? Split(ReadOnlySpan<int> ids, bool pair) => _settings.Template.Split(ids, pair);

    private bool IsUnknown(TokenBuffer tokens) => tokens.Count > 0 && tokens.Ids[..tokens.Count].IndexOfAnyExcept(_unknownId) < 0;

    /// <summary>Writes a <c>tokenizer.json</c> that Hugging Face's tokenizers load and that gives the same ids.</summary>
    /// <param name="output">Where it goes.</param>
    public void WriteTokenizerJson(Stream output) => TokenizerJsonWriter.Write(_settings, output);

    /// <summary>The lower-case hexadecimal SHA-256 of the <c>tokenizer.json</c> that it writes: what exit 0 is trained for.</summary>
    public string TokenizerJsonHash()
    {
        using var file = new MemoryStream();
        WriteTokenizerJson(file);
        return FileHash.Of(file.GetBuffer().AsSpan(0, (int)file.Length));
    }

    private static byte[] Bytes(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
