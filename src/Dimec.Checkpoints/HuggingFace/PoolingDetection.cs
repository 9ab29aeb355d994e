using System.Text.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Finds out which pooling an encoder was trained with.</summary>
internal static class PoolingDetection
{
    private static readonly string[] _meanPooledFamilies = ["MiniLM", "sentence-transformers"];

    public static string? Find(string folder, string? nameOrPath)
    {
        var settings = Path.Combine(folder, "1_Pooling", "config.json");
        if (File.Exists(settings))
            return ReadSentenceTransformers(settings);
        var names = new[] { Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), nameOrPath ?? "" };
        var known = names.Any(name => _meanPooledFamilies.Any(family => name.Contains(family, StringComparison.OrdinalIgnoreCase)));
        return known ? ExitHeadConfig.MeanPooling : null;
    }

    private static string? ReadSentenceTransformers(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (IsSet(document.RootElement, "pooling_mode_mean_tokens"))
                return ExitHeadConfig.MeanPooling;
            return IsSet(document.RootElement, "pooling_mode_cls_token") ? ExitHeadConfig.ClsPooling : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InputException(path, "is no JSON object", "download the file again, or remove it and name the pooling");
        }
    }

    private static bool IsSet(JsonElement root, string key) => root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;
}
