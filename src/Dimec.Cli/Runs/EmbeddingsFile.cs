using System.Numerics.Tensors;
using Dimec.Checkpoints.Safetensors;
using Dimec.Predictions;

namespace Dimec.Cli.Runs;

/// <summary>The training samples' embeddings as a training writes them: one tensor [samples, H], and the samples' guids, a line each.</summary>
internal static class EmbeddingsFile
{
    private const string Form = "write one tensor [samples, H] of finite numbers";

    /// <exception cref="InputException">The files are malformed or do not belong together.</exception>
    public static SampleEmbeddings Read(string path, string guidsPath)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Entries.Count != 1)
            throw new InputException(path, $"holds {file.Entries.Count} tensors", Form);
        var tensor = file.Read(file.Entries.Keys.Single());
        var where = $"{path} tensor {tensor.Name}";
        if (tensor.Shape is not [var rows, > 0])
            throw new InputException(where, $"has the shape [{string.Join(", ", tensor.Shape)}]", Form);
        if (!TensorPrimitives.IsFiniteAll<float>(tensor.Values))
            throw new InputException(where, "holds NaN or infinite values", Form);
        var guids = File.ReadAllLines(guidsPath);
        return guids.Length == rows
            ? new SampleEmbeddings(guids, tensor.Shape[1], tensor.Values)
            : throw new InputException(where, $"has {rows} rows where {guidsPath} has {guids.Length} guids", "write both files again, together");
    }
}
