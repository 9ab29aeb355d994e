using Dimec.Files;

namespace Dimec.Checkpoints.HuggingFace;

/// <summary>What a checkpoint's folder holds, and what to do where it holds something else than is read here.</summary>
internal static class CheckpointPlace
{
    public const string Config = "config.json";

    /// <summary>What is wrong with a file of settings that holds something else than an object.</summary>
    public const string NoObject = "is no JSON object";

    private static readonly (string Name, string Problem, string Fix)[] s_otherWeights =
    [
        (
            "pytorch_model.bin", "only pytorch_model.bin, which is Python's pickle format",
            "save the model again with safe_serialization=True"),
        ("pytorch_model.bin.index.json", "only shards in Python's pickle format", "save the model again with safe_serialization=True"),
        (
            "adapter_model.safetensors", "only adapter_model.safetensors, which holds adapters to another model",
            "merge them with merge_and_unload() and save the model again"),
        (
            "adapter_model.bin", "only adapter_model.bin, which holds adapters to another model",
            "merge them with merge_and_unload() and save the model again"),
        ("tf_model.h5", "only tf_model.h5, which is TensorFlow's", "load it with transformers (from_tf=True) and save it again"),
        ("flax_model.msgpack", "only flax_model.msgpack, which is Flax's", "load it with transformers (from_flax=True) and save it again"),
        ("model.onnx", "only model.onnx", "give the folder that it was exported from"),
    ];

    // A hint is no place to fail at.
    private static readonly EnumerationOptions s_lenient = new() { IgnoreInaccessible = true };

    /// <summary>
    /// Whether a folder holds something under a name, be it a link that leads nowhere: opening it says what is wrong with it.
    /// </summary>
    public static bool Holds(string folder, string name) =>
        FileKinds.Of(Path.Combine(folder, name), followLinks: false) != FileKind.Nothing;

    /// <summary>What to do with a folder without <c>config.json</c>.</summary>
    public static string WithoutConfig(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "snapshots")))
        {
            var snapshot = Directory.EnumerateDirectories(Path.Combine(folder, "snapshots"), "*", s_lenient)
                .Order(StringComparer.Ordinal).FirstOrDefault();
            return "name one of the snapshots in this folder of the hub's cache, e.g. "
                + $"{snapshot ?? Path.Combine(folder, "snapshots", "HASH")}";
        }

        foreach (var inner in (ReadOnlySpan<string>)["0_Transformer", "model"])
        {
            if (Holds(Path.Combine(folder, inner), Config))
                return $"name the folder {Path.Combine(folder, inner)}, which holds one";
        }

        return "give a folder in Hugging Face layout";
    }

    /// <summary>What is wrong with a folder without safetensors weights, and what to do.</summary>
    public static (string Problem, string Fix) WithoutWeights(string folder)
    {
        foreach (var (name, problem, fix) in s_otherWeights)
        {
            if (Holds(folder, name))
                return ($"does not exist, {problem}", fix);
        }

        var other = Directory.EnumerateFiles(folder, "*.safetensors", s_lenient).Order(StringComparer.Ordinal).FirstOrDefault();
        return other is null
            ? ("does not exist", "give a folder in Hugging Face layout with safetensors weights")
            : ($"does not exist, and no {WeightFiles.Index} "
                + $"names {Path.GetFileName(other)}", $"name the file {WeightFiles.Single}, or add the index of its shards");
    }
}
