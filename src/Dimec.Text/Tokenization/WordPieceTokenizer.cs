namespace Dimec.Text;

/// <summary>The WordPiece tokenizer of the BERT family: the same ids as Hugging Face's tokenizers. Immutable; any number of threads may use it.</summary>
public sealed class WordPieceTokenizer
{
    private WordPieceTokenizer()
    {
    }

    /// <summary>How many ids there are: one more than the largest.</summary>
    public int VocabularySize => throw new NotImplementedException();

    /// <summary>The id of the padding token, <c>[PAD]</c>.</summary>
    public int PadId => throw new NotImplementedException();

    /// <summary>Reads a vocabulary, <c>vocab.txt</c>: a token a line, its id the line's number from 0.</summary>
    /// <param name="vocabulary">The file's bytes, UTF-8.</param>
    /// <param name="lowercase">Whether the model is uncased: texts are lower-cased and stripped of accents (<c>do_lower_case</c>).</param>
    /// <param name="where">What error messages call the file.</param>
    /// <exception cref="InputException">The file is no vocabulary, or lacks a special token.</exception>
    public static WordPieceTokenizer FromVocabulary(Stream vocabulary, bool lowercase, string where = "vocab.txt") => throw new NotImplementedException();

    /// <summary>Reads a <c>tokenizer.json</c> of Hugging Face's tokenizers.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="where">What error messages call the file.</param>
    /// <exception cref="InputException">The file is malformed, or is not a WordPiece tokenizer of the BERT family.</exception>
    public static WordPieceTokenizer FromTokenizerJson(Stream json, string where = "tokenizer.json") => throw new NotImplementedException();

    /// <summary>Reads the tokenizer of a checkpoint in Hugging Face layout: <c>tokenizer.json</c>, or else <c>vocab.txt</c> with <c>tokenizer_config.json</c>.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <exception cref="InputException">Neither file is there, or it is wrong.</exception>
    public static WordPieceTokenizer FromFolder(string folder) => throw new NotImplementedException();

    /// <summary>Encodes a text or a pair, with special tokens, cut to a maximum length from the longer text first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The second text, or null for a single one.</param>
    /// <param name="maxLength">The most tokens, special ones included; at least 2, with a pair 3.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> leaves no room for the special tokens.</exception>
    public Encoding Encode(string text, string? pair, int maxLength) => throw new NotImplementedException();

    /// <summary>Writes a <c>tokenizer.json</c> that Hugging Face's tokenizers load and that gives the same ids.</summary>
    /// <param name="output">Where it goes.</param>
    public void WriteTokenizerJson(Stream output) => throw new NotImplementedException();
}
