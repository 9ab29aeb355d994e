namespace Dimec.Text.Tokenization.Model;

/// <summary>The buffers of one call: the word at hand and the ids so far.</summary>
internal sealed class Workspace
{
    private char[] _word = new char[256];

    /// <summary>The ids so far.</summary>
    public TokenBuffer Output { get; } = new();

    /// <summary>The first <paramref name="length"/> characters of the word at hand.</summary>
    public ReadOnlySpan<char> Word(int length) => _word.AsSpan(0, length);

    /// <summary>Room for one more code point of a word that is <paramref name="length"/> characters long.</summary>
    public Span<char> Room(int length)
    {
        if (length + 2 > _word.Length)
            Array.Resize(ref _word, 2 * _word.Length);
        return _word.AsSpan(length, 2);
    }
}
