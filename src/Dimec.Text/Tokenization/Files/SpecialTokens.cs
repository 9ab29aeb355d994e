using Dimec.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>
/// The special tokens that a file names by their roles, as <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> do.
/// </summary>
internal sealed record SpecialTokens
{
    public const string Unknown = "unk_token";
    public const string Separator = "sep_token";
    public const string Pad = "pad_token";
    public const string Start = "cls_token";
    public const string Mask = "mask_token";
    private const string Again = "copy the checkpoint's special_tokens_map.json again";

    /// <summary>The roles in the order in which Hugging Face adds their tokens.</summary>
    private static readonly string[] s_roles = ["bos_token", "eos_token", Unknown, Separator, Pad, Start, Mask];

    private static readonly string[] s_lists = ["additional_special_tokens", "extra_special_tokens"];

    /// <summary>What errors call the file.</summary>
    public string Where { get; init; } = "";

    /// <summary>The tokens by role, in the order of <see cref="s_roles"/>.</summary>
    public IReadOnlyDictionary<string, AddedToken> ByRole { get; init; } = new Dictionary<string, AddedToken>();

    /// <summary>Further ones without a role.</summary>
    public IReadOnlyList<AddedToken> Additional { get; init; } = [];

    /// <summary>All of them, in the order in which Hugging Face adds them.</summary>
    public IEnumerable<AddedToken> All => ByRole.Values.Concat(Additional);

    /// <summary>The token of a role; null where the file does not say.</summary>
    public string? this[string role] => ByRole.TryGetValue(role, out var token) ? token.Content : null;

    /// <summary>Reads <c>special_tokens_map.json</c>.</summary>
    /// <exception cref="InputException">It is no JSON object.</exception>
    public static SpecialTokens Read(ReadOnlyMemory<byte> utf8, string where, InputErrors errors)
    {
        if (utf8.IsEmpty)
            return new SpecialTokens { Where = where };
        using var document = JsonInput.ParseObject(utf8, where, Again);
        return Read(JsonKeys.Of(document, where, Again, errors));
    }

    /// <summary>Reads the special tokens among an object's members.</summary>
    public static SpecialTokens Read(JsonKeys keys)
    {
        var byRole = new Dictionary<string, AddedToken>();
        foreach (var role in s_roles)
        {
            if (keys.Item(role) is { } item && Token(item, keys, role) is { } token)
                byRole.Add(role, token);
        }

        return new SpecialTokens { Where = keys.Where, ByRole = byRole, Additional = [.. s_lists.SelectMany(list => List(keys, list))] };
    }

    /// <summary>What two files say together.</summary>
    /// <param name="other">The second file, which counts where the first says nothing.</param>
    /// <param name="errors">Gets a role to which they give different tokens.</param>
    public SpecialTokens And(SpecialTokens other, InputErrors errors)
    {
        foreach (var role in s_roles)
        {
            if (this[role] is { } here && other[role] is { } there && here != there)
                errors.Add($"{Where} {role}", $"is \"{here}\" where {other.Where} has \"{there}\"", "make the two files agree");
        }

        return new SpecialTokens
        {
            // The file that says something; one that is not there has no name.
            Where = Where.Length > 0 ? Where : other.Where,
            ByRole = s_roles.Where(role => ByRole.ContainsKey(role) || other.ByRole.ContainsKey(role))
                .ToDictionary(role => role, role => ByRole.TryGetValue(role, out var token) ? token : other.ByRole[role]),
            Additional = [.. Additional.Concat(other.Additional).DistinctBy(token => token.Content)],
        };
    }

    /// <summary>Old files have a list, newer ones may have an object of named ones.</summary>
    private static IEnumerable<AddedToken> List(JsonKeys keys, string name)
    {
        if (keys.Item(name) is { IsObject: true } item)
        {
            var named = item.Keys.Indexed();
            return [.. named.Names.Select(key => Token(named.Item(key), named, key)).OfType<AddedToken>()];
        }

        return [.. keys.Array(name).Select(each => Token(each, keys, name)).OfType<AddedToken>()];
    }

    /// <summary>A special token is written as its text, or as an object that holds it.</summary>
    private static AddedToken? Token(JsonItem? item, JsonKeys keys, string name)
    {
        if (item is { Text: { } text })
            return new AddedToken(-1, text, Special: true, SingleWord: false, Normalized: false, StripLeft: false, StripRight: false);
        if (item is { IsObject: true } token)
            return AddedTokenReader.Read(token.Keys, special: true, normalized: null);
        if (item is { } other)
            keys.Add(name, $"is {JsonItem.Describe(other.Element)} where a token is expected, as a text or as an object with its content");
        return null;
    }
}
