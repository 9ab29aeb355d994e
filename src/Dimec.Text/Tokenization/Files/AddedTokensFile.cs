using Dimec.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads <c>added_tokens.json</c>: an object from tokens to ids.</summary>
internal static class AddedTokensFile
{
    private const string Again = "copy the checkpoint's added_tokens.json again";

    /// <summary>The tokens with the stated ids, by these.</summary>
    /// <exception cref="InputException">The file is no JSON object.</exception>
    public static IReadOnlyList<AddedToken> Read(ReadOnlyMemory<byte> utf8, string where, InputErrors errors)
    {
        if (utf8.IsEmpty)
            return [];
        using var document = JsonInput.ParseObject(utf8, where, Again);
        var keys = JsonKeys.Of(document, where, Again, errors).Indexed();
        var tokens = new List<AddedToken>();
        foreach (var content in keys.Names)
        {
            if (keys.Number(content) is { } id)
            {
                tokens.Add(
                    new AddedToken(id, content, Special: false, SingleWord: false, Normalized: true, StripLeft: false, StripRight: false));
            }
            else if (!keys.Has(content))
            {
                keys.Add(content, "has no id");
            }
        }

        return [.. tokens.OrderBy(token => token.Id)];
    }
}
