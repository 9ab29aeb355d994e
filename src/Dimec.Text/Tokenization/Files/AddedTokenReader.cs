namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads a token that is written as an object: in a <c>tokenizer.json</c>, and in the files beside it.</summary>
internal static class AddedTokenReader
{
    /// <summary>Reads the token; its id is −1, as the files name it in different ways.</summary>
    /// <returns>Null where it has no content, which is an error.</returns>
    /// <param name="keys">The object.</param>
    /// <param name="special">Whether a token is special that does not say it.</param>
    /// <param name="normalized">Whether a token that does not say it is looked for in the normalised text;
    /// null: where it is not special.</param>
    public static AddedToken? Read(JsonKeys keys, bool special, bool? normalized)
    {
        var content = keys.Text("content");
        if (content is null)
        {
            keys.AddHere("has no content");
            return null;
        }

        var isSpecial = keys.Flag("special") ?? special;
        return new AddedToken(
            -1,
            content,
            isSpecial,
            keys.Flag("single_word") ?? false,
            keys.Flag("normalized") ?? normalized ?? !isSpecial,
            keys.Flag("lstrip") ?? false,
            keys.Flag("rstrip") ?? false);
    }
}
