namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads where the special tokens go: <c>TemplateProcessing</c> or the older <c>BertProcessing</c>.</summary>
internal static class PostProcessorReader
{
    private const string Name = "post_processor";
    private const string Fix = "use a checkpoint of the BERT family, whose texts start with [CLS] and end with [SEP]";
    private const int MostPieces = 16;

    public static EncodingTemplate Read(JsonKeys root, TokenizerSettings settings)
    {
        var item = root.Item(Name);
        var type = item is { IsObject: true, Keys: var members } ? members.Item("type")?.Text ?? "of no known type"
            : item is { } other ? JsonItem.Describe(other.Element)
            : "absent";
        if (item is { IsObject: true, Keys: var processor })
        {
            if (type == "BertProcessing" && Special(processor, "cls") is { } start && Special(processor, "sep") is { } separator)
                return EncodingTemplate.Bert(start, separator);
            if (type == "TemplateProcessing")
                return Template(processor, settings);
        }

        if (type != "BertProcessing")
            root.Add(Name, $"is {type} where TemplateProcessing or BertProcessing is expected", Fix);
        return new EncodingTemplate([], []);
    }

    private static EncodingTemplate Template(JsonKeys processor, TokenizerSettings settings)
    {
        var single = Pieces(processor, "single", settings);
        var pair = Pieces(processor, "pair", settings);
        Require(processor, "single", single, texts: 1, pairs: 0);
        Require(processor, "pair", pair, texts: 1, pairs: 1);
        return new EncodingTemplate(single, pair);
    }

    /// <summary>Room is counted for each text once, so a template may place none twice.</summary>
    private static void Require(JsonKeys processor, string name, List<TemplatePiece> pieces, int texts, int pairs)
    {
        var (first, second) = (
            pieces.Count(piece => piece is { Special: null, IsPair: false }),
            pieces.Count(piece => piece is { Special: null, IsPair: true }));
        if (first != texts || second != pairs)
        {
            processor.Add(name, $"places the first text {Times(first)} and the second {Times(second)}, "
                + $"where {(pairs == 0 ? "the first is to stand once and the second not at all" : "each is to stand once")}", Fix);
        }

        if (pieces.Count > MostPieces)
            processor.Add(name, $"has {pieces.Count} tokens and texts where at most {MostPieces} are possible", Fix);
    }

    private static string Times(int count) => count switch { 0 => "not at all", 1 => "once", 2 => "twice", _ => $"{count} times" };

    private static List<TemplatePiece> Pieces(JsonKeys processor, string name, TokenizerSettings settings)
    {
        var pieces = new List<TemplatePiece>();
        foreach (var item in processor.Array(name))
        {
            string[] kinds = item.IsObject ? [.. item.Keys.Names] : [];
            if (kinds is ["Sequence"] && item.Keys.Object("Sequence") is { } sequence)
                pieces.Add(new TemplatePiece(null, IsSecond(sequence), TypeId(sequence)));
            else if (kinds is ["SpecialToken"] && item.Keys.Object("SpecialToken") is { } special)
                pieces.AddRange(Expand(processor, special, settings).Select(token => new TemplatePiece(token, false, TypeId(special))));
            else
                item.Keys.AddHere("is neither a Sequence nor a SpecialToken", Fix);
        }

        return pieces;
    }

    private static bool IsSecond(JsonKeys sequence)
    {
        var id = sequence.Text("id");
        if (id is not ("A" or "B"))
            sequence.Add("id", $"is {(id is null ? "no text" : $"\"{id}\"")} where \"A\" or \"B\" is expected", Fix);
        return id == "B";
    }

    private static int TypeId(JsonKeys piece) => piece.Number("type_id") ?? 0;

    /// <summary>A special token of a template stands for one or more tokens, which <c>special_tokens</c> lists.</summary>
    private static List<SpecialToken> Expand(JsonKeys processor, JsonKeys special, TokenizerSettings settings)
    {
        if (special.Text("id") is not { } name)
        {
            special.Add("id", "is no text", Fix);
            return [];
        }

        if (processor.Object("special_tokens") is { } all && all.Object(name) is { } entry)
        {
            var (ids, tokens) = (entry.Array("ids"), entry.Array("tokens"));
            if (ids.Count > 0
                && ids.Count == tokens.Count && ids.All(id => id.Number is not null) && tokens.All(token => token.Text is not null))
            {
                return [.. tokens.Zip(ids, (token, id) => new SpecialToken(token.Text!, id.Number!.Value))];
            }

            entry.AddHere("does not list as many ids, whole numbers from 0, as tokens, texts", Fix);
            return [];
        }

        if (settings.IdOf(name) is { } known)
            return [new SpecialToken(name, known)];
        processor.Add("special_tokens", $"does not say which id the special token {name} has", Fix);
        return [];
    }

    /// <summary>BertProcessing writes a token as an array of its text and its id.</summary>
    private static SpecialToken? Special(JsonKeys processor, string name)
    {
        if (processor.Array(name) is [{ Text: { } token }, { Number: { } id }])
            return new SpecialToken(token, id);
        processor.Add(name, "is no array of a token and its id", Fix);
        return null;
    }
}
