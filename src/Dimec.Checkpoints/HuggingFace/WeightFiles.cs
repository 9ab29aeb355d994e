using System.Text.Encodings.Web;
using System.Text.Json;
using Dimec.Files;
using Dimec.Json;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>The weight files of a checkpoint folder: one, or the shards that an index names.</summary>
/// <param name="Paths">The files.</param>
/// <param name="ShardOf">The name of the shard that the index gives each tensor; null where there is no index.</param>
internal sealed record WeightFiles(IReadOnlyList<string> Paths, IReadOnlyDictionary<string, string>? ShardOf)
{
    public const string Single = "model.safetensors";
    public const string Index = "model.safetensors.index.json";
    private const string Again = "download the file again";

    public static WeightFiles Find(string folder)
    {
        var single = Path.Combine(folder, Single);
        if (CheckpointPlace.Holds(folder, Single))
            return new WeightFiles([single], null);
        if (CheckpointPlace.Holds(folder, Index))
            return Shards(folder, Path.Combine(folder, Index));
        var (problem, fix) = CheckpointPlace.WithoutWeights(folder);
        throw new InputException(single, problem, fix);
    }

    private static WeightFiles Shards(string folder, string index)
    {
        var shardOf = ReadIndex(index);
        var errors = new InputErrors();
        var names = shardOf.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
            errors.Add(index, "names no file", Again);
        foreach (var name in names)
        {
            var quoted = $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
            if (name.Length == 0 || name.Any(char.IsControl))
            {
                errors.Add(index, $"names {quoted}, which can be no file's name", Again);
            }
            else if (name is "." or ".." || name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal))
            {
                errors.Add(
                    index, $"names {quoted}, which is not in its own folder", "put all shards beside the index and name them plainly");
            }
            else if (!CheckpointPlace.Holds(folder, name))
            {
                errors.Add(index, $"names {name}, which does not exist", "download the missing shard");
            }
        }

        errors.ThrowIfAny();
        return new WeightFiles([.. names.Select(name => Path.Combine(folder, name))], shardOf);
    }

    private static Dictionary<string, string> ReadIndex(string index)
    {
        const string NoMap = "is no JSON object with a weight_map from tensor to file";
        using var document = JsonInput.ParseObject(InputFile.ReadAllBytes(index), index, Again, otherwise: NoMap);
        if (!document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object
            || map.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
        {
            throw new InputException(index, NoMap, Again);
        }

        var shardOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in map.EnumerateObject())
            shardOf[item.Name] = item.Value.GetString()!;
        return shardOf;
    }
}
