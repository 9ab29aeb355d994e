using Dimec.Text.Tokenization.Normalization;

namespace Dimec.Text.Tokenization.Files;

/// <summary>
/// Holds a tokenizer's file against the settings beside it. Transformers goes by <c>tokenizer_config.json</c>, other libraries by
/// <c>tokenizer.json</c>: where they differ, nothing tells which of them the model was trained with.
/// </summary>
internal static class SettingsAgreement
{
    private const string Fix = "make the two agree on what the model was trained with";
    private const string Fast = "Fast";

    /// <summary>Classes of transformers that cut texts as is done here.</summary>
    private static readonly string[] s_classes =
    [
        "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "ConvBertTokenizer", "MobileBertTokenizer", "SqueezeBertTokenizer",
        "LxmertTokenizer",
        "LayoutLMTokenizer", "RetriBertTokenizer", "RealmTokenizer", "DPRContextEncoderTokenizer", "DPRQuestionEncoderTokenizer",
        "DPRReaderTokenizer", "PreTrainedTokenizer", "TokenizersBackend",
    ];

    /// <summary>Classes that take a <c>tokenizer.json</c> as it is.</summary>
    private static readonly string[] s_plainClasses = ["PreTrainedTokenizer", "TokenizersBackend"];

    /// <summary>Adds what the two say differently.</summary>
    /// <param name="settings">What the tokenizer's file says.</param>
    /// <param name="where">What errors call it.</param>
    /// <param name="config">The settings beside it.</param>
    /// <param name="special">The special tokens that the files beside it name.</param>
    /// <param name="errors">Gets every difference.</param>
    public static void Check(TokenizerSettings settings, string where, TokenizerConfig config, SpecialTokens special, InputErrors errors)
    {
        var normalizer = settings.Normalizer;
        if (!IsPlain(config))
        {
            Flag("do_lower_case", config.Lowercase, normalizer.Lowercase, "lowercase");
            Flag("strip_accents", config.StripAccents, normalizer.StripsAccents, "strip_accents");
            Flag("tokenize_chinese_chars", config.HandleChineseChars, normalizer.HandleChineseChars, "handle_chinese_chars");
            Flag("clean_text", config.CleanText, normalizer.CleanText, "clean_text");
        }

        if (config.ContinuationPrefix is { } prefix && prefix != settings.ContinuationPrefix)
            errors.Add($"{config.Where} wordpieces_prefix", $"is \"{prefix}\" where {where} has \"{settings.ContinuationPrefix}\"", Fix);
        Token(SpecialTokens.Unknown, settings.UnknownToken, "unk_token");
        Token(SpecialTokens.Start, settings.Template.Single[0].Special?.Content, "first token");
        Token(SpecialTokens.Separator, settings.Template.Single[^1].Special?.Content, "last token");

        void Flag(string key, bool? here, bool there, string name)
        {
            if (here is { } value && value != there)
                errors.Add($"{config.Where} {key}", $"is {Word(value)} where {where} has {name} {Word(there)}", Fix);
        }

        void Token(string role, string? there, string name)
        {
            if (special[role] is { } here && here != there)
            {
                errors.Add(
                    $"{special.Where} {role}",
                    $"is \"{here}\" where {where} has {(there is null ? "none" : $"\"{there}\"")} as its {name}", Fix);
            }
        }
    }

    /// <summary>Adds a class whose tokenizer is another one; a vocabulary alone does not show it.</summary>
    public static void CheckClass(string? className, string where, InputErrors errors)
    {
        if (className is not null && !s_classes.Contains(Slow(className)))
        {
            errors.Add($"{where} tokenizer_class", $"is \"{className}\", which may cut words otherwise than BertTokenizer does",
                "use a checkpoint with a BertTokenizer, or put the tokenizer.json beside its vocab.txt");
        }
    }

    /// <summary>What to know where the file says what transformers' defaults contradict; they hold where nothing is said.</summary>
    public static IEnumerable<string> Notes(NormalizerSettings normalizer, string where, TokenizerConfig config)
    {
        if (IsPlain(config))
            yield break;
        string[] otherwise =
        [
            .. config.Lowercase is null && !normalizer.Lowercase ? ["do_lower_case"] : Array.Empty<string>(),
            .. config.StripAccents is null && normalizer.StripAccents is not null && normalizer.StripsAccents != (config.Lowercase ?? true)
                ? ["strip_accents"]
                : Array.Empty<string>(),
            .. config.HandleChineseChars is null && !normalizer.HandleChineseChars ? ["tokenize_chinese_chars"] : Array.Empty<string>(),
        ];
        if (otherwise.Length > 0)
        {
            yield return $"{where} is followed where nothing in {config.Where} says {string.Join(" and ", otherwise)}; "
                + "transformers' BertTokenizerFast would assume the opposite.";
        }
    }

    private static bool IsPlain(TokenizerConfig config) => config.ClassName is { } name && s_plainClasses.Contains(Slow(name));

    private static string Slow(string className) =>
        className.EndsWith(Fast, StringComparison.Ordinal) ? className[..^Fast.Length] : className;

    private static string Word(bool value) => value ? "true" : "false";
}
