using System.Globalization;
using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Files;

/// <summary>
/// Tells from a vocabulary whether texts are normalised as those were that it was made of:
/// words that no text can come to were made of others.
/// </summary>
internal sealed class VocabularyAudit
{
    /// <summary>The share of words from which on they are no oddities of a vocabulary that was made otherwise.</summary>
    private const double Many = 0.01;

    private static readonly BertNormalizer s_lowercase = new(NormalizerSettings.None with { Lowercase = true, StripAccents = false });
    private static readonly BertNormalizer s_strip = new(NormalizerSettings.None with { StripAccents = true });
    private readonly TokenizerSettings _settings;
    private readonly string[] _words;

    public VocabularyAudit(TokenizerSettings settings)
    {
        _settings = settings;
        var added = settings.AddedTokens.Select(token => token.Content).ToHashSet();
        _words = [.. settings.Vocabulary.Keys
            .Where(token => !added.Contains(token) && !IsMark(token))
            .Select(WithoutPrefix)
            .Where(word => word.Any(char.IsLetter))
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What is odd, a sentence each.</summary>
    /// <param name="where">What the vocabulary's file is called.</param>
    /// <param name="config">The settings beside it.</param>
    public IEnumerable<string> Notes(string where, TokenizerConfig config)
    {
        var capitals = _words.Count(word => s_lowercase.Normalize(word) != word);
        if (_settings.Normalizer.Lowercase && IsMany(capitals))
        {
            yield return config.Lowercase is null && config.IsBare
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{where}: {capitals} of {_words.Length} words have capital letters, "
                    + $"and nothing says whether texts keep theirs, so they are lower-cased, as transformers does: "
                    + $"these words are never met. If the model is cased, write {{\"do_lower_case\": false}} into {config.Where}.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{where}: {capitals} of {_words.Length} words have capital letters, "
                    + $"and texts are lower-cased as the settings say, so these words are never met. "
                    + $"If the model is cased, set do_lower_case (in a tokenizer.json: lowercase) to false.");
        }

        if (!_settings.Normalizer.Lowercase && capitals == 0 && _words.Any(word => word.Any(char.IsAsciiLetterLower)))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{where}: none of {_words.Length} words has a capital letter, and texts keep theirs as the settings say, so words "
                + $"with capitals are unknown. If the model is uncased, set do_lower_case (in a tokenizer.json: lowercase) to true.");
        }

        var accents = _words.Count(word => s_strip.Normalize(word) != word);
        if (_settings.Normalizer.StripsAccents && IsMany(accents))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{where}: {accents} of {_words.Length} words have accents, and texts are stripped of theirs, "
                + $"so these words are never met. If the model was trained with accents, set strip_accents to false.");
        }
    }

    private static bool IsMark(string token) => token is ['[', .., ']'] or ['<', .., '>'];

    private string WithoutPrefix(string token) =>
        _settings.ContinuationPrefix is { Length: > 0 } prefix && token.StartsWith(prefix, StringComparison.Ordinal)
            ? token[prefix.Length..]
            : token;

    private bool IsMany(int count) => count > 0 && count >= Many * _words.Length;
}
