using System.Security.Cryptography;
using Dimec.Checkpoints.Naming;
using Dimec.Checkpoints.Safetensors;
using Dimec.Files;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>A folder in Hugging Face layout.</summary>
internal static class CheckpointFolder
{
    private const string ConfigFile = "config.json";

    public static Checkpoint Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new InputException(folder, "is no folder", "give a folder with config.json, model.safetensors and tokenizer.json or vocab.txt");
        var config = ReadConfig(Path.Combine(folder, ConfigFile));
        var files = WeightFiles.Find(folder);
        var weights = new Dictionary<string, WeightTensor>();
        var wanted = ExpectedWeights.Of(config.Encoder, config.Exits).Select(weight => weight.Name).ToHashSet();
        foreach (var path in files)
            ReadWeights(path, wanted, weights);
        return new Checkpoint(config.Encoder, weights, config.Exits, TokenizerFiles.Read(folder), Path.Combine(folder, WeightFiles.Single))
        {
            TrainedPooling = config.Exits?.Pooling ?? PoolingDetection.Find(folder, config.NameOrPath),
            Sources = [.. files.Select(Describe)],
        };
    }

    public static void Write(Checkpoint checkpoint, string folder)
    {
        AtomicFile.Write(Path.Combine(folder, ConfigFile), stream => ConfigWriter.Write(checkpoint.Config, checkpoint.Exits, stream));
        AtomicFile.Write(Path.Combine(folder, WeightFiles.Single), stream => SafetensorsWriter.Write(
            stream,
            [.. checkpoint.Weights.Values.Select(weight => new SafetensorsTensor(weight.Name, weight.Shape, weight.Values))],
            new Dictionary<string, string> { ["format"] = "pt" }));
        if (checkpoint.Tokenizer is { } tokenizer)
            TokenizerFiles.Write(tokenizer, folder);
    }

    private static ModelConfig ReadConfig(string path)
    {
        if (!File.Exists(path))
            throw new InputException(path, "does not exist", "give a folder in Hugging Face layout");
        using var stream = File.OpenRead(path);
        return ConfigReader.Read(stream, path);
    }

    private static void ReadWeights(string path, HashSet<string> wanted, Dictionary<string, WeightTensor> weights)
    {
        using var file = SafetensorsFile.Open(path);
        foreach (var entry in file.Entries.Values)
        {
            var name = CanonicalName.Of(entry.Name);
            if (!wanted.Contains(name))
                continue;
            var tensor = file.Read(entry.Name);
            if (!weights.TryAdd(name, new WeightTensor(name, tensor.Shape, tensor.Values)))
                throw new InputException(path, $"holds the tensor {name} twice, as \"{entry.Name}\" and under another spelling", "keep one of them");
        }
    }

    private static SourceFile Describe(string path)
    {
        using var stream = File.OpenRead(path);
        return new SourceFile(Path.GetFileName(path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
