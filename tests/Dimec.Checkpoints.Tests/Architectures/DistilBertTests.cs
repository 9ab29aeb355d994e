using System.Text.Json.Nodes;
using Dimec.Checkpoints.Architectures;
using Dimec.Checkpoints.Safetensors;

namespace Dimec.Checkpoints.Tests.Architectures;

/// <summary>DistilBERT's folders as transformers writes them: its keys and names stand here as its own code has them.</summary>
public sealed class DistilBertTests : IDisposable
{
    private const string Config = """
        {"architectures":["DistilBertForMaskedLM"],"model_type":"distilbert","activation":"gelu","attention_dropout":0.2,"dim":8,"dropout":0.3,"hidden_dim":16,
         "initializer_range":0.02,"max_position_embeddings":12,"n_heads":2,"n_layers":2,"pad_token_id":0,"qa_dropout":0.1,"sinusoidal_pos_embds":false,
         "tie_weights_":true,"vocab_size":20}
        """;

    private static readonly string[] s_modules =
    [
        "attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin", "sa_layer_norm", "ffn.lin1", "ffn.lin2",
        "output_layer_norm", ];

    private readonly TemporaryFolder _folder = new();

    public DistilBertTests()
    {
        File.WriteAllText(_folder.File("config.json"), Config);
        File.WriteAllText(_folder.File("vocab.txt"), "[PAD]\n[UNK]\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("distilbert.")]
    [InlineData("model.distilbert.")]
    public void A_folder_of_transformers_is_read(string prefix)
    {
        Write(Tensors().Select(tensor => tensor with { Name = prefix + tensor.Name }).Append(Tensor("vocab_transform.weight", 8, 8)));
        var read = Checkpoint.Load(_folder.Path);

        Assert.Same(DistilBert.Architecture, read.Config.Architecture);
        Assert.Equal((8, 2, 2, 16, 20, 12, 0), (read.Config.HiddenSize, read.Config.Layers, read.Config.Heads, read.Config.IntermediateSize,
            read.Config.VocabularySize, read.Config.MaxPositions, read.Config.TypeVocabularySize));
        Assert.Equal(
            (0.3, 0.2, 0.2, 1e-12),
            (read.Config.HiddenDropout, read.Config.AttentionDropout, read.Config.ClassifierDropout, read.Config.LayerNormEpsilon));
        Assert.Equal(Tensors().Select(tensor => tensor.Name).Order(), read.Weights.Keys.Order());
        Assert.All(Tensors(), tensor => Assert.Equal(tensor.Values.ToArray(), read.Weights[tensor.Name].Values));
    }

    [Fact]
    public void What_is_saved_is_the_folder_of_a_DistilBertModel()
    {
        Write(Tensors());
        var saved = _folder.File("saved");
        Checkpoint.Load(_folder.Path).Save(saved);

        using var file = SafetensorsFile.Open(Path.Combine(saved, "model.safetensors"));
        Assert.Equal(Tensors().Select(tensor => tensor.Name).Order(), file.Entries.Keys.Order());
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(saved, "config.json")))!.AsObject();
        Assert.Equal(("distilbert", "DistilBertModel"), ((string?)config["model_type"], (string?)config["architectures"]![0]));
        Assert.Equal(
            ["activation", "architectures", "attention_dropout", "dim", "dropout", "hidden_dim", "initializer_range",
                "max_position_embeddings", "model_type",
                "n_heads", "n_layers", "pad_token_id", "seq_classif_dropout", "torch_dtype", "vocab_size"],
            config.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal((8, 2, 2, 16), ((int)config["dim"]!, (int)config["n_layers"]!, (int)config["n_heads"]!, (int)config["hidden_dim"]!));
        Assert.Equal(Checkpoint.Load(_folder.Path).Config, Checkpoint.Load(saved).Config);
    }

    [Fact]
    public void Missing_tensors_are_named_as_DistilBERT_has_them()
    {
        Write(Tensors().Where(tensor => !tensor.Name.Contains("layer.1.attention.q_lin", StringComparison.Ordinal)));
        Assert.Contains(
            "2 tensors are missing: transformer.layer.1.attention.q_lin.weight, transformer.layer.1.attention.q_lin.bias; "
            + "give the complete weights of a DistilBERT encoder with the number of layers that config.json states.",
            Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_value_is_named_by_its_own_key()
    {
        File.WriteAllText(_folder.File("config.json"), Config.Replace("\"n_heads\":2", "\"n_heads\":3", StringComparison.Ordinal));
        Assert.Equal(
            $"{_folder.File("config.json")} n_heads: is 3, which does not divide dim 8; use the config.json that belongs to the weights.",
            Refused().Message);
        File.WriteAllText(_folder.File("config.json"), Config.Replace("\"dim\":8,", "", StringComparison.Ordinal));
        Assert.Equal($"{_folder.File("config.json")} dim", Refused().Errors[0].Where);
    }

    [Fact]
    public void The_weights_of_a_BERT_are_none()
    {
        Write([Tensor("bert.embeddings.word_embeddings.weight", 20, 8), Tensor("bert.encoder.layer.0.output.dense.bias", 8)]);
        Assert.Contains("begin with \"bert.\", and 35 of DistilBERT's 36 are not among them", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_beyond_those_of_the_config_are_told()
    {
        Write([.. Tensors(), Tensor("transformer.layer.4.sa_layer_norm.bias", 8)]);
        Assert.Contains(
            $"{_folder.File("model.safetensors")} has 5 layers where "
            + $"{_folder.File("config.json")} states n_layers 2: the first 2 are used.",
            Checkpoint.Load(_folder.Path).Notes);
    }

    private static List<SafetensorsTensor> Tensors()
    {
        var tensors = new List<SafetensorsTensor>
        {
            Tensor("embeddings.word_embeddings.weight", 20, 8),
            Tensor("embeddings.position_embeddings.weight", 12, 8),
            Tensor("embeddings.LayerNorm.weight", 8),
            Tensor("embeddings.LayerNorm.bias", 8),
        };
        foreach (var (layer, module) in Enumerable.Range(0, 2).SelectMany(layer => s_modules.Select(module => (layer, module))))
        {
            var (outputs, inputs) = module == "ffn.lin1" ? (16, 8) : module == "ffn.lin2" ? (8, 16) : (8, 8);
            var isNorm = module.EndsWith("norm", StringComparison.Ordinal);
            tensors.Add(isNorm
                ? Tensor($"transformer.layer.{layer}.{module}.weight", 8)
                : Tensor($"transformer.layer.{layer}.{module}.weight", outputs, inputs));
            tensors.Add(Tensor($"transformer.layer.{layer}.{module}.bias", outputs));
        }

        return tensors;
    }

    private static SafetensorsTensor Tensor(string name, params int[] shape) =>
        new(name, shape, Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => name.Length + (i / 100f)).ToArray());

    private void Write(IEnumerable<SafetensorsTensor> tensors)
    {
        using var stream = File.Create(_folder.File("model.safetensors"));
        SafetensorsWriter.Write(stream, [.. tensors]);
    }

    private InputException Refused() => Assert.Throws<InputException>(() => Checkpoint.Load(_folder.Path));
}
