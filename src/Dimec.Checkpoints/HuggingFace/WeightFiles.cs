using System.Text.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>Finds the weight files of a checkpoint folder: one, or the shards that an index names.</summary>
internal static class WeightFiles
{
    public const string Single = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    public static IReadOnlyList<string> Find(string folder)
    {
        var single = Path.Combine(folder, Single);
        if (File.Exists(single))
            return [single];
        var index = Path.Combine(folder, Index);
        if (File.Exists(index))
            return Shards(folder, index);
        var pickled = File.Exists(Path.Combine(folder, "pytorch_model.bin"));
        throw new InputException(
            single,
            pickled ? "does not exist, only pytorch_model.bin, which is Python's pickle format" : "does not exist",
            pickled ? "save the model again with safe_serialization=True" : "give a folder in Hugging Face layout with safetensors weights");
    }

    private static string[] Shards(string folder, string index)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            foreach (var item in document.RootElement.GetProperty("weight_map").EnumerateObject())
                names.Add(item.Value.GetString() ?? throw new JsonException());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InputException(index, "is no JSON object with a weight_map from tensor to file", "download the file again");
        }

        var errors = new InputErrors();
        if (names.Count == 0)
            errors.Add(index, "names no file", "download the file again");
        foreach (var name in names)
        {
            if (name != Path.GetFileName(name))
                errors.Add(index, $"names \"{name}\", which is not in its own folder", "put all shards beside the index and name them plainly");
            else if (!File.Exists(Path.Combine(folder, name)))
                errors.Add(index, $"names {name}, which does not exist", "download the missing shard");
        }

        errors.ThrowIfAny();
        return [.. names.Select(name => Path.Combine(folder, name))];
    }
}
