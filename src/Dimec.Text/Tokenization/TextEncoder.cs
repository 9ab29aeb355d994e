using Dimec.Text.Tokenization.Model;
using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization;

/// <summary>
/// From one text to its ids, without the special tokens around it:
/// added tokens, then normalising, cutting and the model for what is between.
/// </summary>
internal sealed class TextEncoder
{
    private readonly BertNormalizer _normalizer;
    private readonly BertNormalizer _asIs = new(NormalizerSettings.None);
    private readonly WordPieceModel _model;
    private readonly AddedTokenFinder _inText;
    private readonly AddedTokenFinder _inNormalized;

    public TextEncoder(TokenizerSettings settings)
    {
        _normalizer = new BertNormalizer(settings.Normalizer);
        _model = new WordPieceModel(settings);
        _inText = new AddedTokenFinder(settings.AddedTokens.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        _inNormalized = new AddedTokenFinder(settings.AddedTokens.Where(token => token.Normalized)
            .Select(token => (_normalizer.Normalize(token.Content), token)));
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">How many ids can be of use; the text is followed only until there is one more.</param>
    /// <param name="workspace">The buffers of the call, whose ids are given back.</param>
    public TokenBuffer Encode(ReadOnlySpan<char> text, int limit, Workspace workspace)
    {
        workspace.Output.Reset(limit);
        var at = 0;
        while (at < text.Length && workspace.Output.WantsMore)
        {
            var start = _inText.Find(text, at, out var end, out var token);
            Between(text[at..(token is null ? text.Length : start)], workspace);
            if (token is not null && workspace.Output.WantsMore)
                workspace.Output.Add(token.Id);
            at = end;
        }

        return workspace.Output;
    }

    private void Between(ReadOnlySpan<char> text, Workspace workspace)
    {
        if (_inNormalized.IsEmpty)
        {
            Words(text, _normalizer, workspace);
            return;
        }

        ReadOnlySpan<char> normalized = _normalizer.Normalize(text);
        var at = 0;
        while (at < normalized.Length && workspace.Output.WantsMore)
        {
            var start = _inNormalized.Find(normalized, at, out var end, out var token);
            Words(normalized[at..(token is null ? normalized.Length : start)], _asIs, workspace);
            if (token is not null && workspace.Output.WantsMore)
                workspace.Output.Add(token.Id);
            at = end;
        }
    }

    private void Words(ReadOnlySpan<char> text, BertNormalizer normalizer, Workspace workspace)
    {
        var words = new WordSplitter(_model, workspace);
        if (normalizer.Normalize(text, ref words))
            words.EndWord();
    }
}
