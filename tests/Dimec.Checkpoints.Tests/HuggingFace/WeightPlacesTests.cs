using Dimec.Checkpoints.Safetensors;

namespace Dimec.Checkpoints.Tests.HuggingFace;

/// <summary>Where tensors stand and what they are called: prefixes, shards, copies, and what is no weights at all.</summary>
public sealed class WeightPlacesTests
{
    private const string Query = "encoder.layer.0.attention.self.query.weight";

    [Theory]
    [InlineData("model.")]
    [InlineData("encoder.")]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("module._orig_mod.bert.")]
    [InlineData("0.auto_model.")]
    [InlineData("base_model.model.bert.")]
    [InlineData("text_encoder.any.thing.")]
    public void APrefixThatAllOfBertsNamesHaveIsRead(string prefix)
    {
        using var folder = new TinyFolder();
        folder.WriteWeights(
            [.. TinyFolder.Tensors().Select(tensor => tensor with { Name = prefix + tensor.Name }), Extra("pooler.dense.weight")]);
        var read = Checkpoint.Load(folder.Path);
        Assert.Equal(TinyFolder.Tensors().Select(tensor => tensor.Name).Order(), read.Weights.Keys.Order());
        Assert.Equal(
            $"The tensors of {folder["model.safetensors"]} begin with \"{prefix}\", which was taken for no part of their names.",
            Assert.Single(read.Notes));
    }

    [Theory]
    [InlineData("roberta.", "\"roberta.\", the names of roberta")]
    [InlineData("model.electra.", "\"model.electra.\", the names of electra")]
    public void AnotherArchitecturesNamesAreRefused(string prefix, string expected)
    {
        using var folder = new TinyFolder();
        folder.WriteWeights([.. TinyFolder.Tensors().Select(tensor => tensor with { Name = prefix + tensor.Name })]);
        Assert.Contains(expected, folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesThatAreNoneOfBertsAreSaid()
    {
        using var folder = new TinyFolder();
        folder.WriteWeights(
            [Extra("distilbert.transformer.layer.0.attention.q_lin.weight"), Extra("distilbert.embeddings.x"), Extra("classifier.bias")]);
        Assert.Contains(
            "holds none of BERT's 37 tensors: its own begin with \"distilbert.\" and \"classifier.\"", folder.Refused().Message,
            StringComparison.Ordinal);
        folder.WriteWeights([]);
        Assert.Contains("holds no tensor", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersBeyondThoseThatConfigStatesAreSaid()
    {
        using var folder = new TinyFolder();
        folder.WriteWeights(
            [.. TinyFolder.Tensors(), Extra("encoder.layer.5.output.dense.bias"), Extra("encoder.layer.x.y"), Extra("encoder.layer.")]);
        Assert.Equal(
            $"{folder["model.safetensors"]} has 6 layers where {folder["config.json"]} states num_hidden_layers 2: the first 2 are used.",
            Assert.Single(Checkpoint.Load(folder.Path).Notes));
    }

    [Fact]
    public void LayersUnderOtherNamesAreSaid()
    {
        using var folder = new TinyFolder();
        folder.WriteWeights([.. TinyFolder.Tensors().Select(tensor =>
            tensor with { Name = "bert." + tensor.Name.Replace("encoder.layer.", "encoder.layers.", StringComparison.Ordinal) })]);
        Assert.Contains(
            "lacks 32 of BERT's tensors and holds 32 of layers under other names, "
            + "such as bert.encoder.layers.0.attention.output.LayerNorm.bias",
            folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APrefixWithoutAllOfBertsTensorsIsSaidWithWhatIsMissing()
    {
        using var folder = new TinyFolder();
        folder.WriteWeights([.. TinyFolder.Tensors()
            .Where(tensor => tensor.Name != Query)
            .Select(tensor => tensor with { Name = "model." + tensor.Name })]);
        Assert.Contains(
            $"begin with \"model.\", and 1 of BERT's 37 are not among them: {Query}", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoEncodersAreRefusedAndOneUnderItsOwnNamesCounts()
    {
        using var folder = new TinyFolder();
        SafetensorsTensor[] two = [.. TinyFolder.Tensors().SelectMany(tensor =>
            new[] { tensor with { Name = "query." + tensor.Name }, tensor with { Name = "passage." + tensor.Name } })];
        folder.WriteWeights(two);
        Assert.Contains(
            "holds 2 encoders, whose tensors begin with \"passage.\" and \"query.\"", folder.Refused().Message, StringComparison.Ordinal);
        folder.WriteWeights([.. two, .. TinyFolder.Tensors().Select(tensor => tensor with { Name = "bert." + tensor.Name })]);
        Assert.Empty(Checkpoint.Load(folder.Path).Notes);
    }

    [Theory]
    [InlineData("bert.encoder.layer.0.attention.self.query.lora_A.default.weight")]
    [InlineData("encoder.layer.0.attention.self.query.base_layer.weight")]
    public void AdaptersThatAreNotMergedAreRefused(string name)
    {
        using var folder = new TinyFolder();
        folder.WriteWeights([.. TinyFolder.Tensors(), Extra(name)]);
        Assert.Contains("holds adapters beside the weights", folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATensorUnderTwoSpellingsCountsOnceWhereItIsTheSame()
    {
        using var folder = new TinyFolder();
        var tensors = TinyFolder.Tensors();
        folder.WriteWeights([.. tensors, tensors[0] with { Name = "bert." + tensors[0].Name }]);
        Assert.Equal(tensors[0].Values.ToArray(), Checkpoint.Load(folder.Path).Weights[tensors[0].Name].Values);

        folder.WriteWeights(
            [.. tensors, tensors[0] with { Name = "bert." + tensors[0].Name, Values = new float[tensors[0].Values.Length] }]);
        Assert.Contains(
            $"holds the tensor {tensors[0].Name} twice, as \"{tensors[0].Name}\" and as \"bert.{tensors[0].Name}\", with different values",
            folder.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfATensorInTwoShardsTheOneCountsThatTheIndexNames()
    {
        using var folder = new TinyFolder();
        var tensors = TinyFolder.Tensors();
        var stale = tensors[0] with { Values = new float[tensors[0].Values.Length] };
        foreach (var (first, second) in new[] { (tensors[0], stale), (stale, tensors[0]) })
        {
            var place = first == stale ? "b.safetensors" : "a.safetensors";
            Shards(
                folder, [first, .. tensors[1..10]], [second, .. tensors[10..]],
                tensors.Select((tensor, index) => (tensor.Name, index == 0 ? place : index < 10 ? "a.safetensors" : "b.safetensors")));
            Assert.Equal(tensors[0].Values.ToArray(), Checkpoint.Load(folder.Path).Weights[tensors[0].Name].Values);
        }
    }

    [Fact]
    public void ATensorInTwoShardsThatTheIndexDoesNotNameIsRefusedWhereItIsNeeded()
    {
        using var folder = new TinyFolder();
        var tensors = TinyFolder.Tensors();
        (string, string)[] index = [.. tensors[1..].Select((tensor, at) => (tensor.Name, at < 9 ? "a.safetensors" : "b.safetensors"))];
        Shards(folder, [tensors[0], .. tensors[1..10]], [tensors[0], .. tensors[10..]], index);
        Assert.Contains(
            $"tensor {tensors[0].Name}: stands in a.safetensors and in b.safetensors, and the index names neither",
            folder.Refused().Message, StringComparison.Ordinal);

        Shards(folder, [Extra("head"), .. tensors[..10]], [Extra("head"), .. tensors[10..]], index);
        Assert.Equal(tensors.Count, Checkpoint.Load(folder.Path).Weights.Count);
    }

    [Fact]
    public void ATensorThatIsNotWhereTheIndexHasItIsNamed()
    {
        using var folder = new TinyFolder();
        var tensors = TinyFolder.Tensors();
        Shards(
            folder, tensors[..10], tensors[10..],
            tensors.Select((tensor, index) => (tensor.Name, index is 0 or >= 10 ? "b.safetensors" : "a.safetensors")));
        Assert.Contains(
            $"tensor {tensors[0].Name}: is not in b.safetensors, where the index has it", folder.Refused().Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\\u0000b", "names \"a\\u0000b\", which can be no file's name")]
    [InlineData("", "names \"\", which can be no file's name")]
    [InlineData("..", "names \"..\", which is not in its own folder")]
    [InlineData("/etc/passwd", "names \"/etc/passwd\", which is not in its own folder")]
    [InlineData("a\\\\b.safetensors", "which is not in its own folder")]
    [InlineData("gone.safetensors", "names gone.safetensors, which does not exist")]
    public void AShardsNameIsThatOfAFileBesideTheIndex(string name, string expected)
    {
        using var folder = new TinyFolder();
        File.Delete(folder["model.safetensors"]);
        File.WriteAllText(folder["model.safetensors.index.json"], $"{{\"weight_map\":{{\"{Query}\":\"{name}\"}}}}");
        Assert.Contains(expected, folder.Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("config.json")]
    [InlineData("vocab.txt")]
    [InlineData("tokenizer_config.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("modules.json")]
    [InlineData("model.safetensors.index.json")]
    [InlineData("a.safetensors")]
    public void AnLfsPointerIsNamedInPlaceOfAnyFile(string file)
    {
        using var folder = new TinyFolder();
        if (file is "model.safetensors.index.json" or "a.safetensors")
            File.Delete(folder["model.safetensors"]);
        if (file == "a.safetensors")
            File.WriteAllText(folder["model.safetensors.index.json"], $"{{\"weight_map\":{{\"{Query}\":\"a.safetensors\"}}}}");
        Directory.CreateDirectory(folder["1_Pooling"]);
        File.WriteAllText(
            folder[file],
            "version https://git-lfs.github.com/spec/v1\n"
            + "oid sha256:53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db\nsize 90868376\n");
        // The tokenizer's files are read where its errors are gathered.
        var message = file is "vocab.txt" or "tokenizer_config.json"
            ? Checkpoint.Load(folder.Path).Tokenizer is not null ? "is a Git LFS pointer" : ""
            : folder.Refused().Message;
        Assert.Contains("is a Git LFS pointer", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Entry not found", "is text and no weights: it begins with \"Entry not found\"")]
    [InlineData("<!DOCTYPE html><html>", "is a web page")]
    [InlineData("{\"error\":\"Repository not found\"}", "is text and no weights: it begins with \"{\"error\":\"Repository not\"")]
    public void AnAnswerThatWasSavedAsWeightsIsNamed(string content, string expected)
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder["model.safetensors"], content);
        Assert.Contains(expected, folder.Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapter_model.safetensors", "holds adapters to another model; merge them with merge_and_unload()")]
    [InlineData("tf_model.h5", "which is TensorFlow's")]
    [InlineData("pytorch_model.bin.index.json", "only shards in Python's pickle format")]
    [InlineData("weights.safetensors", "no model.safetensors.index.json names weights.safetensors; name the file model.safetensors")]
    public void WeightsOfAnotherKindAreNamed(string file, string expected)
    {
        using var folder = new TinyFolder();
        File.Move(folder["model.safetensors"], folder[file]);
        Assert.Contains(expected, folder.Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F8_E8M0", 4)]
    [InlineData("C64", 32)]
    [InlineData("F4", 2)]
    [InlineData("F6_E2M3", 3)]
    [InlineData("F8_E5M2FNUZ", 4)]
    [InlineData("X_OF_2030", 17)]
    public void AnyTypeIsPossibleWhereATensorIsNotNeeded(string type, int bytes)
    {
        using var folder = new TinyFolder();
        var tensors = TinyFolder.Tensors();
        Add(folder["model.safetensors"], $"\"extra\":{{\"dtype\":\"{type}\",\"shape\":[4],\"data_offsets\":", bytes);
        Assert.Equal(tensors.Count, Checkpoint.Load(folder.Path).Weights.Count);

        if (type != "X_OF_2030")
        {
            folder.WriteWeights(tensors);
            Add(folder["model.safetensors"], $"\"extra\":{{\"dtype\":\"{type}\",\"shape\":[4],\"data_offsets\":", bytes + 1);
            Assert.Contains(
                $"tensor extra: spans {bytes + 1} bytes where {type} of shape [4] takes {bytes}", folder.Refused().Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ATensorThatClaimsAHugeSizeIsNotRead()
    {
        using var folder = new TinyFolder();
        var header = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object>
        {
            [Query] = new { dtype = "F32", shape = new[] { 2_000_000_000 }, data_offsets = new[] { 0, 8_000_000_000 } },
        });
        using (var file = File.Create(folder["model.safetensors"]))
        {
            file.Write(SafetensorsBytes.Make(header, 0));
            file.SetLength(file.Length + 8_000_000_000);
        }

        Assert.Contains(
            $"tensor {Query}: has shape [2000000000] where config.json calls for [8, 8]", folder.Refused().Message,
            StringComparison.Ordinal);
    }

    private static SafetensorsTensor Extra(string name) => new(name, [1], new float[1]);

    private static void Add(string path, string entry, int bytes)
    {
        var file = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(file);
        var header = System.Text.Encoding.UTF8.GetString(file, 8, length).TrimEnd();
        var data = file[(8 + length)..];
        var json = $"{header[..^1]},{entry}[{data.Length},{data.Length + bytes}]}}}}";
        File.WriteAllBytes(path, [.. SafetensorsBytes.Make(json, 0), .. data, .. new byte[bytes]]);
    }

    private static void Shards(
        TinyFolder folder, IEnumerable<SafetensorsTensor> a, IEnumerable<SafetensorsTensor> b,
        IEnumerable<(string Tensor, string Shard)> index)
    {
        File.Delete(folder["model.safetensors"]);
        folder.WriteWeights([.. a], "a.safetensors");
        folder.WriteWeights([.. b], "b.safetensors");
        var map = string.Join(",", index.Select(entry => $"\"{entry.Tensor}\":\"{entry.Shard}\""));
        File.WriteAllText(folder["model.safetensors.index.json"], "{\"weight_map\":{" + map + "}}");
    }
}
