using System.Text.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Reads the trained exits from <c>config.json</c>: the object <c>dimec</c> and <c>id2label</c>.</summary>
internal static class ExitConfigReader
{
    private const string Fix = "use the config.json that the training wrote";

    public static ExitHeadConfig? Read(ConfigKeys keys, EncoderConfig encoder, InputErrors errors, string where)
    {
        if (keys.Element("dimec") is not { } element)
            return null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"{where} dimec", "is no object", Fix);
            return null;
        }

        var own = new ConfigKeys(element, $"{where} dimec", errors);
        var exits = ReadExits(own, encoder, errors, $"{where} dimec exits");
        var head = OneOf(own, "head", ExitHeadConfig.PoolerHead, ExitHeadConfig.LinearHead, errors, where);
        var pooling = OneOf(own, "pooling", ExitHeadConfig.ClsPooling, ExitHeadConfig.MeanPooling, errors, where);
        var maxLength = own.Count("max_length", most: encoder.MaxPositions);
        return new ExitHeadConfig(exits, head, pooling, ReadLabels(keys, errors, $"{where} id2label"), maxLength)
        {
            HasPair = own.Flag("pair"),
        };
    }

    private static int[] ReadExits(ConfigKeys keys, EncoderConfig encoder, InputErrors errors, string where)
    {
        var exits = new List<int>();
        var valid = keys.Element("exits") is { ValueKind: JsonValueKind.Array } array
            && array.EnumerateArray().All(item =>
            {
                var ok = item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var exit)
                    && exit > (exits.Count == 0 ? 0 : exits[^1]) && exit <= encoder.Layers;
                if (ok)
                    exits.Add(item.GetInt32());
                return ok;
            });
        if (!valid || exits.Count == 0)
            errors.Add(where, $"must be ascending layer numbers from 1 to {encoder.Layers}", Fix);
        return [.. exits];
    }

    private static string OneOf(ConfigKeys keys, string key, string first, string second, InputErrors errors, string where)
    {
        var text = keys.Text(key);
        if (text == first || text == second)
            return text;
        errors.Add($"{where} dimec {key}", $"must be \"{first}\" or \"{second}\"", Fix);
        return first;
    }

    private static IReadOnlyList<string> ReadLabels(ConfigKeys keys, InputErrors errors, string where)
    {
        var (labels, problem) = LabelNames.Read(keys);
        if (problem is not null)
            errors.Add(where, problem, Fix);
        else if (labels.Count < 2)
            errors.Add(where, "must name at least two labels under the keys \"0\", \"1\", …", Fix);
        return labels;
    }
}
