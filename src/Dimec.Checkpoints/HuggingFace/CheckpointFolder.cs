using System.Security.Cryptography;
using Dimec.Checkpoints.Naming;
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
            throw new InputException(folder, "is no folder", "give a folder with config.json, model.safetensors and tokenizer.json or vocab.txt");
        var config = ReadConfig(folder);
        var files = WeightFiles.Find(folder);
        var where = Path.Combine(folder, WeightFiles.Single);
        using var reader = new WeightReader(files, where);
        var weights = reader.Read(ExpectedWeights.Of(config.Encoder, config.Exits).ToDictionary(weight => weight.Name, weight => weight.Shape));
        var pooling = config.Exits is { } exits ? new PoolingFinding(exits.Pooling, null) : PoolingDetection.Find(folder, config);
        return new Checkpoint(config.Encoder, weights, config.Exits, TokenizerFiles.Read(folder, config.TokenizerClass), where)
        {
            TrainedPooling = pooling.Pooling,
            PoolingNote = pooling.Note,
            Labels = config.Labels.Labels,
            Notes = [.. Notes(where, reader.Prefix, Path.Combine(folder, CheckpointPlace.Config), config.Labels)],
            Sources = [.. files.Paths.Select(Describe)],
        };
    }

    public static void Write(Checkpoint checkpoint, string folder)
    {
        AtomicFile.Write(Path.Combine(folder, CheckpointPlace.Config), stream => ConfigWriter.Write(checkpoint.Config, checkpoint.Exits, stream));
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

    private static IEnumerable<string> Notes(string weights, string prefix, string config, LabelNames labels)
    {
        if (prefix.Length > 0)
            yield return $"The tensors of {weights} begin with \"{prefix}\", which was taken for no part of their names.";
        if (labels.Problem is { } problem)
            yield return $"{config} id2label {problem}; it is not used, since the classes are the data's.";
    }

    private static SourceFile Describe(string path)
    {
        using var stream = InputFile.OpenRead(path);
        return new SourceFile(Path.GetFileName(path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
