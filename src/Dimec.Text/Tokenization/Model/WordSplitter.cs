using System.Text;
using Dimec.Text.Tokenization.Characters;
using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Model;

/// <summary>
/// Hugging Face's BertPreTokenizer before the model: cuts normalised code points into words at white space, makes each punctuation mark a
/// word of its own, and hands the words to the model. A word that is too long for the model is never held whole, so
/// memory does not grow with the text.
/// </summary>
internal struct WordSplitter(WordPieceModel model, Workspace workspace) : ICodePointSink
{
    private readonly CharacterTable _characters = CharacterTable.Instance;
    private int _length;
    private int _codePoints;

    /// <inheritdoc/>
    public bool Add(int codePoint)
    {
        var traits = _characters[codePoint];
        if ((traits & (CharacterTraits.Space | CharacterTraits.Punctuation)) == 0)
        {
            Append(codePoint);
            return true;
        }

        if (!EndWord())
            return false;
        if ((traits & CharacterTraits.Space) != 0)
            return true;
        Append(codePoint);
        return EndWord();
    }

    /// <summary>Ends the word at hand, if any.</summary>
    /// <returns>Whether more words are wanted.</returns>
    public bool EndWord()
    {
        if (_codePoints > model.MaxCodePointsPerWord)
            workspace.Output.Add(model.UnknownId);
        else if (_codePoints > 0)
            model.Encode(workspace.Word(_length), workspace.Output);
        (_length, _codePoints) = (0, 0);
        return workspace.Output.WantsMore;
    }

    private void Append(int codePoint)
    {
        // One more than fits is enough to know that the word is too long.
        if (_codePoints <= model.MaxCodePointsPerWord && ++_codePoints <= model.MaxCodePointsPerWord)
            _length += new Rune(codePoint).EncodeToUtf16(workspace.Room(_length));
    }
}
