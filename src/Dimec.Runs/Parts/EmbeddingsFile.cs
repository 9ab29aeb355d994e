using System.Numerics.Tensors;
using System.Text.Unicode;
using Dimec.Checkpoints.Safetensors;
using Dimec.Files;
using Dimec.Predictions;

namespace Dimec.Runs.Parts;

/// <summary>
/// The training samples' embeddings as a training writes them: one tensor [samples, H] with their kind,
/// and the samples' guids, a line each.
/// </summary>
public static class EmbeddingsFile
{
    private const string Form = "write one tensor [samples, H] of finite numbers";

    /// <param name="path">The tensor's file.</param>
    /// <param name="guidsPath">The guids' file.</param>
    /// <param name="recorded">The kind that the run's record names; null where there is none.</param>
    /// <exception cref="InputException">The files are malformed or do not belong together.</exception>
    public static SampleEmbeddings Read(string path, string guidsPath, EmbeddingKind? recorded)
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
        var kind = Kind(file, path);
        if (kind is { } named && recorded is { } other && named != other)
        {
            throw new InputException(
                path, $"holds embeddings of the kind {ChoiceNames.Of(named)} where run.json says {ChoiceNames.Of(other)}",
                "train again, so that both are of one run");
        }

        var guids = Lines(guidsPath);
        return guids.Length == rows
            ? new SampleEmbeddings(guids, tensor.Shape[1], tensor.Values) { Kind = kind ?? recorded ?? EmbeddingKind.LayerNorm }
            : throw new InputException(
                where, $"has {rows} rows where {guidsPath} has {guids.Length} guids", "write both files again, together");
    }

    private static string[] Lines(string path)
    {
        var bytes = InputFile.ReadAllBytes(path);
        if (ForeignContent.Find(bytes) is var (problem, fix))
            throw new InputException(path, problem, fix);
        if (!Utf8.IsValid(bytes))
            throw new InputException(path, "holds bytes that are not UTF-8", "write one guid a line, as UTF-8");
        using var reader = new StreamReader(new MemoryStream(bytes));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return [.. lines];
    }

    /// <summary>The kind that the file names; null where it names none, as one that another training wrote.</summary>
    private static EmbeddingKind? Kind(SafetensorsFile file, string path)
    {
        if (!file.Metadata.TryGetValue(RunFolder.EmbeddingKindKey, out var name))
            return null;
        return ChoiceNames.Find<EmbeddingKind>(name) ?? throw new InputException(
            $"{path} metadata {RunFolder.EmbeddingKindKey}", $"is '{name}'",
            $"write one of {string.Join(", ", ChoiceNames.All<EmbeddingKind>())}");
    }
}
