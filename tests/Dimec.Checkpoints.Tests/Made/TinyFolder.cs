using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.Safetensors;

namespace Dimec.Checkpoints.Tests.Made;

/// <summary>A small checkpoint folder in Hugging Face layout, to be broken in one place.</summary>
internal sealed class TinyFolder : IDisposable
{
    public const string Config = """
        {"model_type":"bert","hidden_size":8,"num_hidden_layers":2,"num_attention_heads":2,"intermediate_size":16,"vocab_size":20,
         "max_position_embeddings":12,"type_vocab_size":2,"hidden_act":"gelu","layer_norm_eps":1e-12,"hidden_dropout_prob":0.1,"pad_token_id":0}
        """;

    private readonly TemporaryFolder _folder = new();

    public TinyFolder()
    {
        File.WriteAllText(this["config.json"], Config);
        File.WriteAllText(this["vocab.txt"], "[PAD]\n[UNK]\n");
        WriteWeights(Tensors());
    }

    public string Path => _folder.Path;

    public string this[string file] => _folder.File(file);

    public static EncoderConfig Encoder { get; } = new()
    {
        HiddenSize = 8,
        Layers = 2,
        Heads = 2,
        IntermediateSize = 16,
        VocabularySize = 20,
        MaxPositions = 12,
    };

    public static List<SafetensorsTensor> Tensors(
        ExitHeadConfig? exits = null) => [.. ExpectedWeights.Of(Encoder, exits).Select((weight, index) =>
            new SafetensorsTensor(
                weight.Name, weight.Shape,
                Enumerable.Range(0, weight.Shape.Aggregate(1, (a, b) => a * b)).Select(i => index + (i / 100f)).ToArray()))];

    public void WriteWeights(IReadOnlyList<SafetensorsTensor> tensors, string file = "model.safetensors")
    {
        using var stream = File.Create(this[file]);
        SafetensorsWriter.Write(stream, tensors);
    }

    /// <summary>Copies the files to a folder that is made.</summary>
    public string CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path))
            File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)));
        return folder;
    }

    public InputException Refused() => Assert.Throws<InputException>(() => Checkpoint.Load(Path));

    public void Dispose() => _folder.Dispose();
}
