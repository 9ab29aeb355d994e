using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>
/// Checkpoints that cannot be trained: the tensor or key is named, with what was expected and found, and no run is begun.
/// </summary>
public sealed class BadCheckpointTests : RefusedCalls
{
    private const string Matrix = "encoder.layer.1.output.dense.weight";

    [Fact]
    public async Task A_header_that_is_truncated_or_too_large_is_told_from_a_file_that_is()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        var (file, good) = (Path.Combine(backbone, "model.safetensors"), File.ReadAllBytes(Path.Combine(backbone, "model.safetensors")));
        var length = BinaryPrimitives.ReadInt64LittleEndian(good);

        await Refused([], $"{file}: is 0 bytes long");
        await Refused(good[..100], $"{file}: states a header of {length} bytes but ends after 92: it is truncated");
        await Refused(WithLength(long.MaxValue), $"{file}: states a header of {long.MaxValue} bytes");
        await Refused(WithLength(good.Length), $"{file}: states a header of {good.Length} bytes but ends after {good.Length - 8}");
        await Refused([.. good[..8], (byte)'[', .. good[9..]], $"{file} header line 1: is not well-formed JSON");
        await Refused(good[..^1], ": it is truncated");
        await Refused(
            [.. good, 0],
            $"{file}: holds {good.Length - 8 - length + 1} bytes of data where its header accounts for {good.Length - 8 - length}");

        Task Refused(byte[] content, string sentence)
        {
            File.WriteAllBytes(file, content);
            return TrainRefusedAsync(backbone, sentence);
        }

        byte[] WithLength(long stated)
        {
            byte[] bytes = [.. good];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, stated);
            return bytes;
        }
    }

    [Fact]
    public async Task Every_tensor_that_does_not_fit_is_named_with_what_was_expected_and_found()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        var file = Path.Combine(backbone, "model.safetensors");
        EditHeader(file, header =>
        {
            header[Matrix]!["shape"] = new JsonArray(72, 24);
            header["embeddings.LayerNorm.bias"]!["shape"] = new JsonArray(4, 6);
            header["extra"] = header["encoder.layer.2.output.dense.bias"]!.DeepClone();
            header.Remove("encoder.layer.2.output.dense.bias");
        });

        await TrainRefusedAsync(
            backbone,
            $"{file}: a tensor is missing: encoder.layer.2.output.dense.bias",
            $"{file} tensor embeddings.LayerNorm.bias: has shape [4, 6] where config.json calls for [24]",
            $"{file} tensor {Matrix}: has shape [72, 24] where config.json calls for [24, 72]");
    }

    [Fact]
    public async Task A_type_that_is_no_floating_point_number_and_a_value_that_is_none_are_named()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        var (file, good) = (Path.Combine(backbone, "model.safetensors"), File.ReadAllBytes(Path.Combine(backbone, "model.safetensors")));
        EditHeader(file, header => header[Matrix]!["dtype"] = "I32");
        await TrainRefusedAsync(backbone, $"{file} tensor {Matrix}: has type I32 where F32, F16 or BF16 is expected");

        BitConverter.TryWriteBytes(good.AsSpan(good.Length - 4), float.NaN);
        File.WriteAllBytes(file, good);
        await TrainRefusedAsync(backbone, ": holds NaN or infinite values");
    }

    [Fact]
    public async Task Everything_wrong_with_a_configuration_is_reported_together()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        var config = Path.Combine(backbone, "config.json");
        var json = JsonNode.Parse(File.ReadAllText(config))!.AsObject();
        json.Remove("hidden_size");
        json["num_hidden_layers"] = 0;
        json["num_attention_heads"] = "three";
        File.WriteAllText(config, json.ToJsonString());

        await TrainRefusedAsync(
            backbone, $"{config} hidden_size: is missing", $"{config} num_hidden_layers: is 0 where",
            $"{config} num_attention_heads: is \"three\" where");

        File.WriteAllText(config, "{");
        await TrainRefusedAsync(backbone, $"{config} line 1: is not well-formed JSON");
        File.Delete(config);
        await TrainRefusedAsync(backbone, $"{config}: does not exist");
    }

    [Fact]
    public async Task A_tokenizer_that_does_not_belong_to_the_weights_is_named()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        var vocabulary = Path.Combine(backbone, "vocab.txt");
        var good = File.ReadAllText(vocabulary);

        File.WriteAllText(vocabulary, good + "one\nmore\n");
        await TrainRefusedAsync(backbone, $"{vocabulary}: has ");
        File.WriteAllText(vocabulary, good.Replace("[SEP]\n", "", StringComparison.Ordinal));
        await TrainRefusedAsync(backbone, $"{vocabulary}: the vocabulary of ");
        File.Delete(vocabulary);
        await TrainRefusedAsync(backbone, "--backbone: has neither tokenizer.json nor vocab.txt");
    }

    [Fact]
    public async Task Exits_out_of_range_and_out_of_order_are_reported_with_everything_else()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"));
        var data = MadeData.WriteTsv(Folder.File("mine.tsv"));

        await RefusedAsync(
            [
                "train", "--data", data, "--backbone", backbone, "--exits", "0,4,2", "--epochs", "0", "--batch-size", "0", "--max-length",
                "99", "--out", Folder.File("run"),
            ],
            "--exits: names layer 0, which the backbone with 3 layers does not have", "--exits: names layer 4",
            "--exits: has layer 2 after 4", "--epochs: is 0", "--batch-size: is 0", "--max-length: is 99; use 3 to 32");
    }

    [Fact]
    public async Task A_checkpoint_of_one_layer_has_one_exit_and_nothing_to_choose_between()
    {
        var backbone = MadeCheckpoint.Write(Folder.File("encoder"), layers: 1);
        var (data, run) = (MadeData.WriteTsv(Folder.File("mine.tsv")), Folder.File("run"));
        string[] train = ["train", "--data", data, "--backbone", backbone, "--epochs", "1", "--threads", "1", "--out", run, "--exits"];

        await RefusedAsync([.. train, "1,2"], "--exits: names layer 2, which the backbone with 1 layer does not have; use layer 1");
        var trained = await Tool.DoneAsync([.. train, "1"]);
        Assert.Contains("exit 1", trained.Output, StringComparison.Ordinal);
        Assert.Contains("--exits names layer 1 only: the run will have nothing to plan", trained.Error, StringComparison.Ordinal);
        const string Sentence = "has one exit, at layer 1, where a plan chooses between two or more; train with more --exits";
        await RefusedAsync(["plan", run, "--policy", "any", "--out", Folder.File("plan.json")], Sentence);
        await RefusedAsync(["evaluate", run], Sentence);
    }

    private Task TrainRefusedAsync(string backbone, params string[] sentences)
    {
        var data = Folder.File("mine.tsv");
        if (!File.Exists(data))
            MadeData.WriteTsv(data);
        return RefusedAsync(["train", "--data", data, "--backbone", backbone, "--exits", "1,3", "--out", Folder.File("run")], sentences);
    }

    /// <summary>Changes the JSON of a safetensors file and nothing else.</summary>
    private static void EditHeader(string file, Action<JsonObject> change)
    {
        var bytes = File.ReadAllBytes(file);
        var end = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, end - 8))!.AsObject();
        change(header);
        var written = Encoding.UTF8.GetBytes(header.ToJsonString());
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, written.Length);
        File.WriteAllBytes(file, [.. length, .. written, .. bytes.AsSpan(end)]);
    }
}
