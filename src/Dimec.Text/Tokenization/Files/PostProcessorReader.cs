using System.Text.Json;

namespace Dimec.Text.Tokenization.Files;

/// <summary>Reads where the special tokens go: <c>TemplateProcessing</c> or the older <c>BertProcessing</c>.</summary>
internal static class PostProcessorReader
{
    private const string Fix = "use a checkpoint of the BERT family, whose texts start with [CLS] and end with [SEP]";

    public static EncodingTemplate Read(JsonElement root, TokenizerSettings settings, string where, InputErrors errors)
    {
        var place = $"{where} post_processor";
        var processor = Json.Object(root, "post_processor");
        var type = processor is null ? null : Json.Text(processor.Value, "type");
        if (type == "BertProcessing" && Special(processor!.Value, "cls") is { } start && Special(processor.Value, "sep") is { } separator)
            return EncodingTemplate.Bert(start, separator);
        if (type == "TemplateProcessing")
        {
            var single = Pieces(processor!.Value, "single", settings, place, errors);
            var pair = Pieces(processor.Value, "pair", settings, place, errors);
            if (!(single.Any(IsText) && !single.Any(IsPair) && pair.Any(IsText) && pair.Any(IsPair)))
                errors.Add(place, "does not place each text once", Fix);
            return new EncodingTemplate(single, pair);
        }

        errors.Add(place, $"is {type ?? "absent"} where TemplateProcessing or BertProcessing is expected", Fix);
        return new EncodingTemplate([], []);
    }

    private static bool IsText(TemplatePiece piece) => piece is { Special: null, IsPair: false };

    private static bool IsPair(TemplatePiece piece) => piece.IsPair;

    private static List<TemplatePiece> Pieces(JsonElement processor, string name, TokenizerSettings settings, string place, InputErrors errors)
    {
        var pieces = new List<TemplatePiece>();
        foreach (var item in Json.Array(processor, name))
        {
            if (Json.Object(item, "Sequence") is { } sequence)
                pieces.Add(new TemplatePiece(null, Json.Text(sequence, "id") == "B", Json.Number(sequence, "type_id") ?? 0));
            else if (Json.Object(item, "SpecialToken") is { } special && Json.Text(special, "id") is { } id)
                pieces.AddRange(Expand(processor, id, settings, place, errors).Select(token => new TemplatePiece(token, false, Json.Number(special, "type_id") ?? 0)));
        }

        return pieces;
    }

    /// <summary>A special token of a template stands for one or more tokens, which <c>special_tokens</c> lists.</summary>
    private static List<SpecialToken> Expand(JsonElement processor, string name, TokenizerSettings settings, string place, InputErrors errors)
    {
        if (Json.Object(processor, "special_tokens") is { } all && Json.Object(all, name) is { } entry)
        {
            var ids = Json.Array(entry, "ids").Select(id => id.TryGetInt32(out var number) ? number : -1);
            var tokens = Json.Array(entry, "tokens").Select(token => token.GetString() ?? "");
            List<SpecialToken> expanded = [.. tokens.Zip(ids, (token, id) => new SpecialToken(token, id))];
            if (expanded.Count > 0 && expanded.All(token => token.Id >= 0))
                return expanded;
        }
        else if (settings.IdOf(name) is { } id)
            return [new SpecialToken(name, id)];

        errors.Add(place, $"does not say which id the special token {name} has", Fix);
        return [];
    }

    /// <summary>BertProcessing writes a token as an array of its text and its id.</summary>
    private static SpecialToken? Special(JsonElement processor, string name) =>
        Json.Array(processor, name).ToList() is [{ ValueKind: JsonValueKind.String } token, { ValueKind: JsonValueKind.Number } number] && number.TryGetInt32(out var id)
            ? new SpecialToken(token.GetString()!, id)
            : null;
}
