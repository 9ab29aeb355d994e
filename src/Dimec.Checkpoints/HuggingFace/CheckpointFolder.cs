using System.Globalization;
using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.Safetensors;
using Dimec.Files;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>A folder in Hugging Face layout.</summary>
internal static class CheckpointFolder
{
    public static Checkpoint Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new InputException(
                folder, "is no folder", "give a folder with config.json, model.safetensors and tokenizer.json or vocab.txt");
        }

        var config = ReadConfig(folder);
        var files = WeightFiles.Find(folder);
        var where = Path.Combine(folder, WeightFiles.Single);
        using var reader = new WeightReader(files, where);
        var wanted = ExpectedWeights.Of(config.Encoder, config.Exits).ToDictionary(weight => weight.Name, weight => weight.Shape);
        var weights = reader.Read(wanted, config.Encoder.Architecture);
        RefuseOtherNames(config.Encoder.Architecture, wanted.Keys.Except(weights.Keys).Count(), reader.Others, where);
        var pooling = config.Exits is { } exits ? new PoolingFinding(exits.Pooling, null) : PoolingDetection.Find(folder, config);
        return new Checkpoint(config.Encoder, weights, config.Exits, TokenizerFiles.Read(folder, config.TokenizerClass), where)
        {
            TrainedPooling = pooling.Pooling,
            PoolingNote = pooling.Note,
            Labels = config.Labels.Labels,
            Notes =
            [
                .. Notes(where, reader, Path.Combine(folder, CheckpointPlace.Config), config),
                .. config.Exits is null ? SentenceSettings.Notes(folder) : [],
            ],
            Sources = [.. files.Paths.Select(Describe)],
        };
    }

    public static void Write(Checkpoint checkpoint, string folder)
    {
        AtomicFile.Write(
            Path.Combine(folder, CheckpointPlace.Config), stream => ConfigWriter.Write(checkpoint.Config, checkpoint.Exits, stream));
        AtomicFile.Write(Path.Combine(folder, WeightFiles.Single), stream => SafetensorsWriter.Write(
            stream,
            [.. checkpoint.Weights.Values.Select(weight => new SafetensorsTensor(weight.Name, weight.Shape, weight.Values))],
            new Dictionary<string, string> { ["format"] = "pt" }));
        if (checkpoint.Tokenizer is { } tokenizer)
            TokenizerFiles.Write(tokenizer, folder);
    }

    private static ModelConfig ReadConfig(string folder)
    {
        var path = Path.Combine(folder, CheckpointPlace.Config);
        if (!CheckpointPlace.Holds(folder, CheckpointPlace.Config))
            throw new InputException(path, "does not exist", CheckpointPlace.WithoutConfig(folder));
        using var stream = InputFile.OpenRead(path);
        return ConfigReader.Read(stream, path);
    }

    /// <summary>Where as many tensors have other names as are missing, it is the names that are wrong.</summary>
    private static void RefuseOtherNames(EncoderArchitecture architecture, int missing, IReadOnlyList<string> others, string where)
    {
        string[] layers = [.. others.Where(name => name.Contains("layer", StringComparison.OrdinalIgnoreCase))];
        if (missing > 0 && layers.Length >= missing)
        {
            throw new InputException(
                where,
                $"lacks {missing} of {architecture.Name}'s tensors and holds "
                + $"{layers.Length} of layers under other names, such as {layers[0]}",
                "give the weights under the names that transformers gives them");
        }
    }

    private static IEnumerable<string> Notes(string weights, WeightReader reader, string path, ModelConfig config)
    {
        if (reader.Prefix.Length > 0)
            yield return $"The tensors of {weights} begin with \"{reader.Prefix}\", which was taken for no part of their names.";
        var (architecture, layers) = (config.Encoder.Architecture, config.Encoder.Layers);
        var deepest = reader.Others.Select(name => LayerOf(name, architecture)).DefaultIfEmpty(-1).Max();
        if (deepest >= layers)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{weights} has {deepest + 1} layers where {path} states "
                + $"{architecture.ConfigKeys.Layers} {layers}: the first {layers} are used.");
        }

        if (config.Labels.Problem is { } problem)
            yield return $"{path} id2label {problem}; it is not used, since the classes are the data's.";
    }

    /// <summary>The layer that a tensor belongs to, from 0; −1 for none.</summary>
    private static int LayerOf(string name, EncoderArchitecture architecture)
    {
        var stem = architecture.LayerStem;
        var start = name.LastIndexOf(stem, StringComparison.Ordinal);
        if (start < 0)
            return -1;
        var rest = name.AsSpan(start + stem.Length);
        return rest.IndexOf('.') is > 0 and var end
            && int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var layer) && layer < int.MaxValue
            ? layer
            : -1;
    }

    private static WeightSource Describe(string path)
    {
        using var stream = InputFile.OpenRead(path);
        return new WeightSource(Path.GetFileName(path), stream.Length, FileHash.Of(stream));
    }
}
