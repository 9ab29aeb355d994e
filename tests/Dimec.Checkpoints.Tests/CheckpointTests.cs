using Dimec.Checkpoints.Safetensors;

namespace Dimec.Checkpoints.Tests;

public sealed class CheckpointTests
{
    private static readonly ExitHeadConfig s_exits = new([1, 2], ExitHeadConfig.PoolerHead, ExitHeadConfig.MeanPooling, ["no", "yes"], 12)
    {
        HasPair = true,
    };

    [Fact]
    public void ItSavesWhatItLoadedWithExitsLabelsAndTokenizer()
    {
        using var folder = new TinyFolder();
        var weights = TinyFolder.Tensors(s_exits).ToDictionary(
            tensor => tensor.Name, tensor => new WeightTensor(tensor.Name, [.. tensor.Shape], tensor.Values.ToArray()));
        var tokenizer = new CheckpointTokenizer(
            CheckpointTokenizer.Vocabulary, "[PAD]\n"u8.ToArray(), """{"do_lower_case":false}"""u8.ToArray())
        {
            AddedTokens = """{"<url>":1}"""u8.ToArray(),
            SpecialTokens = """{"pad_token":"[PAD]"}"""u8.ToArray(),
        };
        var config =
            TinyFolder.Encoder with { HiddenActivation = Activation.GeluTanh, ClassifierDropout = 0.3, HiddenDropout = 0, PadTokenId = 3 };
        new Checkpoint(config, weights, s_exits, tokenizer).Save(folder["saved"]);
        var read = Checkpoint.Load(folder["saved"]);

        Assert.Equal(config, read.Config);
        Assert.Equal(s_exits.Exits, read.Exits!.Exits);
        Assert.Equal(s_exits.Labels, read.Exits.Labels);
        Assert.Equal(s_exits with { Exits = read.Exits.Exits, Labels = read.Exits.Labels }, read.Exits);
        Assert.Equal(ExitHeadConfig.MeanPooling, read.TrainedPooling);
        Assert.Equal(weights.Keys.Order(), read.Weights.Keys.Order());
        Assert.All(weights.Values, tensor => Assert.Equal(tensor.Values, read.Weights[tensor.Name].Values));
        Assert.Equal(tokenizer.Settings.ToArray(), read.Tokenizer!.Settings.ToArray());
        Assert.Equal("[PAD]\n"u8.ToArray(), read.Tokenizer.Content.ToArray());
        Assert.Equal(tokenizer.AddedTokens.ToArray(), read.Tokenizer.AddedTokens.ToArray());
        Assert.Equal(tokenizer.SpecialTokens.ToArray(), read.Tokenizer.SpecialTokens.ToArray());
    }

    [Fact]
    public void PrefixAndOldNormNamesAreUnderstood()
    {
        using var folder = new TinyFolder();
        folder.WriteWeights([.. TinyFolder.Tensors().Select(tensor => tensor with
        {
            Name = "bert." + tensor.Name.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal)
                .Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal),
        }), new SafetensorsTensor("bert.pooler.dense.bias", [1], new float[1])]);
        var read = Checkpoint.Load(folder.Path);
        Assert.Equal(TinyFolder.Tensors().Select(tensor => tensor.Name).Order(), read.Weights.Keys.Order());
    }

    [Fact]
    public void ShardsAreReadThroughTheirIndex()
    {
        using var folder = new TinyFolder();
        File.Delete(folder["model.safetensors"]);
        var tensors = TinyFolder.Tensors();
        folder.WriteWeights(tensors[..10], "model-1.safetensors");
        folder.WriteWeights(tensors[10..], "model-2.safetensors");
        var map = string.Join(",", tensors.Select((tensor, index) => $"\"{tensor.Name}\":\"model-{(index < 10 ? 1 : 2)}.safetensors\""));
        File.WriteAllText(folder["model.safetensors.index.json"], "{\"metadata\":{},\"weight_map\":{" + map + "}}");
        var read = Checkpoint.Load(folder.Path);
        Assert.Equal(tensors.Count, read.Weights.Count);
        Assert.Equal(2, read.Sources.Count);

        File.WriteAllText(folder["model.safetensors.index.json"], """{"weight_map":{"a":"../x","b":"gone.safetensors"}}""");
        var exception = folder.Refused();
        Assert.Equal(2, exception.Errors.Count);
        Assert.Contains("names \"../x\", which is not in its own folder", exception.Message, StringComparison.Ordinal);
        Assert.Contains("names gone.safetensors, which does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingTensorsAreListedTogether()
    {
        using var folder = new TinyFolder();
        folder.WriteWeights(
            [.. TinyFolder.Tensors().Where(tensor => !tensor.Name.Contains("encoder.layer.1.output", StringComparison.Ordinal))]);
        Assert.Contains(
            "4 tensors are missing: encoder.layer.1.output.dense.weight, encoder.layer.1.output.dense.bias, "
            + "encoder.layer.1.output.LayerNorm.weight, encoder.layer.1.output.LayerNorm.bias",
            folder.Refused().Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void EveryWrongShapeIsNamedWithWhatWasExpectedAndFound()
    {
        using var folder = new TinyFolder();
        folder.WriteWeights([.. TinyFolder.Tensors().Select(tensor => tensor.Name switch
        {
            "embeddings.word_embeddings.weight" => tensor with { Shape = [8, 20] },
            "encoder.layer.0.attention.self.query.bias" => tensor with { Shape = [9], Values = new float[9] },
            _ => tensor,
        })]);
        var exception = folder.Refused();
        Assert.Equal(2, exception.Errors.Count);
        Assert.Contains(
            "tensor embeddings.word_embeddings.weight: has shape [8, 20] where config.json calls for [20, 8]", exception.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "tensor encoder.layer.0.attention.self.query.bias: has shape [9] where config.json calls for [8]", exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void WeightsThatAreNoNumbersAreRefused(float value)
    {
        using var folder = new TinyFolder();
        var tensors = TinyFolder.Tensors();
        var values = tensors[7].Values.ToArray();
        values[^1] = value;
        tensors[7] = tensors[7] with { Values = values };
        folder.WriteWeights(tensors);
        Assert.Contains($"tensor {tensors[7].Name}: holds NaN or infinite values", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutConfigWeightsOrAtAllIsNamed()
    {
        Assert.Contains("is no folder", Assert.Throws<InputException>(() => Checkpoint.Load("/nowhere")).Message, StringComparison.Ordinal);
        using var folder = new TinyFolder();
        File.Move(folder["model.safetensors"], folder["pytorch_model.bin"]);
        Assert.Contains(
            "pickle format; save the model again with safe_serialization=True", folder.Refused().Message, StringComparison.Ordinal);
        File.Delete(folder["pytorch_model.bin"]);
        Assert.Contains("model.safetensors: does not exist; give a folder", folder.Refused().Message, StringComparison.Ordinal);
        File.Delete(folder["config.json"]);
        Assert.Contains("config.json: does not exist", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SourcesCarryTheFilesHash()
    {
        using var folder = new TinyFolder();
        var source = Assert.Single(Checkpoint.Load(folder.Path).Sources);
        var bytes = File.ReadAllBytes(folder["model.safetensors"]);
        Assert.Equal(
            new WeightSource(
                "model.safetensors", bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))), source);
    }

    [Fact]
    public void HalfPrecisionCheckpointsLoad()
    {
        using var folder = new TinyFolder();
        var tensors = TinyFolder.Tensors();
        var offset = 0;
        var entries = tensors
            .Select(tensor => $"\"{tensor.Name}\":{{\"dtype\":\"F16\",\"shape\":[{string.Join(",", tensor.Shape)}],"
                + $"\"data_offsets\":[{offset},{offset += 2 * tensor.Values.Length}]}}")
            .ToArray();
        var bytes = SafetensorsBytes.Make("{" + string.Join(",", entries) + "}", offset);
        var halves = tensors
            .SelectMany(tensor => tensor.Values.ToArray())
            .Select(value => BitConverter.HalfToUInt16Bits((Half)value))
            .ToArray();
        Buffer.BlockCopy(halves, 0, bytes, bytes.Length - offset, offset);
        File.WriteAllBytes(folder["model.safetensors"], bytes);
        var read = Checkpoint.Load(folder.Path);
        Assert.All(
            tensors, tensor => Assert.Equal(tensor.Values.ToArray().Select(value => (float)(Half)value), read.Weights[tensor.Name].Values));
    }
}
