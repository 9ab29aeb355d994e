using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>
/// Reads the settings of sentence-transformers' pooling, which knows more modes than the two that are supported and joins several.
/// </summary>
internal static class PoolingModes
{
    private static string Fix => $"download the file again, or remove it and name the pooling with {CheckpointOptionNames.Pooling}";
    private const string ByName = "pooling_mode";

    /// <summary>A mode's flag and its own name. Of the flags, the mean's is set where the file does not say.</summary>
    private static readonly (string Flag, string Name)[] s_modes =
    [
        ("pooling_mode_cls_token", "cls"),
        ("pooling_mode_mean_tokens", "mean"),
        ("pooling_mode_max_tokens", "max"),
        ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens"),
        ("pooling_mode_weightedmean_tokens", "weightedmean"),
        ("pooling_mode_lasttoken", "lasttoken"),
    ];

    public static PoolingFinding Read(string path)
    {
        using var document = JsonInput.ParseObject(InputFile.ReadAllBytes(path), path, Fix, otherwise: CheckpointPlace.NoObject);
        var root = document.RootElement;
        string[] flagged = [.. s_modes.Where(mode => IsSet(root, mode.Flag, path)).Select(mode => mode.Name), .. Unknown(root)];
        var named = Named(root, path);
        var modes = named ?? flagged;
        if (named is not null
            && s_modes.Any(mode => root.TryGetProperty(mode.Flag, out _)) && !named.Order().SequenceEqual(flagged.Order()))
        {
            return Nearest(modes, $"{path} names the pooling {string.Join(" and ", named)} and has the "
                + $"flags of {(flagged.Length == 0 ? "none" : string.Join(" and ", flagged))}");
        }

        return modes switch
        {
            ["cls"] => new PoolingFinding(ExitHeadConfig.ClsPooling, null),
            ["mean"] => new PoolingFinding(ExitHeadConfig.MeanPooling, null),
            [] => Nearest(modes, $"{path} sets no pooling mode"),
            [var one] => Nearest(modes, $"{path} asks for {one} pooling, and {one} pooling is not supported"),
            _ => Nearest(
                modes,
                $"{path} asks for the poolings {string.Join(" and ", modes)} side by side, and only one of cls and mean is supported"),
        };
    }

    /// <summary>What every token had its part in is nearer to the mean than to the first token.</summary>
    private static PoolingFinding Nearest(string[] modes, string why)
    {
        var pooling = modes.Contains("cls") && !modes.Contains("mean") ? ExitHeadConfig.ClsPooling : ExitHeadConfig.MeanPooling;
        return new PoolingFinding(pooling, $"{why}; {pooling} is used instead: name cls or mean with {CheckpointOptionNames.Pooling}.");
    }

    private static bool IsSet(JsonElement root, string flag, string path)
    {
        if (!root.TryGetProperty(flag, out var value) || value.ValueKind == JsonValueKind.Null)
            return flag == "pooling_mode_mean_tokens";
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.ValueKind == JsonValueKind.True
            : throw new InputException($"{path} {flag}", "is neither true nor false", Fix);
    }

    /// <summary>Modes that a later version of sentence-transformers may know, by their flags.</summary>
    private static IEnumerable<string> Unknown(JsonElement root) => root.EnumerateObject()
        .Where(member => member.Name.StartsWith($"{ByName}_", StringComparison.Ordinal)
            && member.Value.ValueKind == JsonValueKind.True && s_modes.All(mode => mode.Flag != member.Name))
        .Select(member => member.Name[(ByName.Length + 1)..]);

    private static string[]? Named(JsonElement root, string path)
    {
        if (!root.TryGetProperty(ByName, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        var names = items.Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()!.ToLowerInvariant() : "").ToArray();
        return names.All(name => s_modes.Any(mode => mode.Name == name))
            ? names
            : throw new InputException($"{path} {ByName}", $"is none of {string.Join(", ", s_modes.Select(mode => mode.Name))}", Fix);
    }
}
