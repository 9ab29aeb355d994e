using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Files;

/// <summary>
/// Puts a tokenizer together from its file and those beside it, as transformers does it, or refuses what they say in contradiction.
/// </summary>
internal static class TokenizerSetReader
{
    /// <summary>Reads a checkpoint's files.</summary>
    /// <returns>The tokenizer's settings, the longest input that they name, and what to know about them, a sentence each.</returns>
    public static (TokenizerSettings Settings, int? LongestInput, IReadOnlyList<string> Notes) Read(TokenizerFileSet files)
    {
        var errors = new InputErrors();
        var config = TokenizerConfig.Read(files.TokenizerConfig, files.Place("tokenizer_config.json"), errors) with
        {
            IsBare = files.TokenizerJson.IsEmpty,
        };
        var named = config.Special.And(SpecialTokens.Read(files.SpecialTokensMap, files.Place("special_tokens_map.json"), errors), errors);
        var added = AddedTokensFile.Read(files.AddedTokens, files.Place("added_tokens.json"), errors);
        var where = files.Place(config.IsBare ? "vocab.txt" : "tokenizer.json");
        if (config.IsBare)
        {
            SettingsAgreement.CheckClass(
                config.ClassName ?? files.ClassName, config.ClassName is null ? files.Place("config.json") : config.Where, errors);
        }

        var settings = errors.Try(() => config.IsBare
            ? VocabularyReader.Read(files.Vocabulary, config, named, where)
            : TokenizerJsonReader.Read(files.TokenizerJson, where));
        errors.ThrowIfAny();

        SettingsAgreement.Check(settings!, where, config, named, errors);
        settings = settings! with { AddedTokens = AddedTokens(settings, where, config, named, added, files, errors) };
        errors.ThrowIfAny();
        return (settings, config.LongestInput, [.. settings.Notes, .. config.IsBare
            ? []
            : SettingsAgreement.Notes(settings.Normalizer, where, config), .. new VocabularyAudit(settings).Notes(where, config)]);
    }

    /// <summary>
    /// In Hugging Face's order: those of the tokenizer's own file, those of the settings by their ids,
    /// and the special ones that are still lacking.
    /// </summary>
    private static IReadOnlyList<AddedToken> AddedTokens(
        TokenizerSettings settings, string where, TokenizerConfig config, SpecialTokens named, IReadOnlyList<AddedToken> added,
        TokenizerFileSet files, InputErrors errors)
    {
        var list = new AddedTokenList(settings.Vocabulary, errors);
        foreach (var token in settings.AddedTokens)
            list.Add(token, where);
        var addedFile = files.Place("added_tokens.json");
        if (config.AddedTokens is { } listed)
        {
            list.AddStated(listed, $"{config.Where} added_tokens_decoder");
        }
        else if (config.IsBare)
        {
            var special = named.All.Select(token => token.Content).ToHashSet();
            list.AddStated(
                added.Select(token => special.Contains(token.Content)
                    ? token with { Special = true, Normalized = false }
                    : token), addedFile);
        }

        list.AddSpecial(named.All, named.Where);
        // Transformers passes this file over where another lists the tokens; older versions do not.
        list.CheckStated(added, addedFile, config.AddedTokens is null ? where : config.Where);
        var normalizer = new BertNormalizer(settings.Normalizer);
        list.RefuseAlike(content => normalizer.Normalize(content), where);
        return list.Tokens;
    }
}
