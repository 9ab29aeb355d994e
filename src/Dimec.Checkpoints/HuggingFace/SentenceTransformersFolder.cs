using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>
/// The layout of sentence-transformers: a folder whose <c>modules.json</c> names the folders of its parts, the encoder's among them.
/// </summary>
internal static class SentenceTransformersFolder
{
    private static string Fix => $"download the file again, or remove it and name the pooling with {CheckpointOptionNames.Pooling}";

    /// <summary>The file that says how the parts' states are pooled; null where there is none.</summary>
    /// <param name="folder">The encoder's folder.</param>
    public static string? PoolingSettings(string folder)
    {
        foreach (var root in Roots(folder))
        {
            var named = NamedPooling(root);
            var inner = named ?? "1_Pooling";
            if (CheckpointPlace.Holds(Path.Combine(root, inner), CheckpointPlace.Config))
                return Path.Combine(root, inner, CheckpointPlace.Config);
        }

        return null;
    }

    /// <summary>The folder itself, and the one above where that says that this is its encoder, as old versions lay it out.</summary>
    public static IEnumerable<string> Roots(string folder)
    {
        yield return folder;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetDirectoryName(full) is { } above && IsPartOf(above, Path.GetFileName(full)))
            yield return above;
    }

    private static bool IsPartOf(string above, string name)
    {
        try
        {
            return Modules(above).Any(module => module.Path == name);
        }
        catch (InputException)
        {
            // The folder above may be anybody's, and its modules.json another tool's.
            return false;
        }
    }

    private static string? NamedPooling(string root) =>
        Modules(root).FirstOrDefault(module => module.Type.EndsWith("Pooling", StringComparison.Ordinal)
            && Path.GetFileName(module.Path) == module.Path && module.Path.Length > 0).Path;

    private static IEnumerable<(string Path, string Type)> Modules(string root)
    {
        if (!CheckpointPlace.Holds(root, "modules.json"))
            return [];
        var path = Path.Combine(root, "modules.json");
        using var document = JsonInput.Parse(InputFile.ReadAllBytes(path), path, Fix);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new InputException(path, "is no array of modules", Fix);
        return [.. document.RootElement.EnumerateArray().Select(module => (Text(module, "path", path), Text(module, "type", path)))];
    }

    private static string Text(JsonElement module, string key, string where) =>
        module.ValueKind == JsonValueKind.Object && module.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InputException(where, $"has a module without the text \"{key}\"", Fix);
}
