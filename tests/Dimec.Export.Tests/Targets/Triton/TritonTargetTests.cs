using System.Text.Json.Nodes;
using Dimec.Bundles;
using Dimec.Export.Targets;
using Dimec.Predictions;

namespace Dimec.Export.Tests.Targets.Triton;

public sealed class TritonTargetTests(TargetFixture made) : IClassFixture<TargetFixture>
{
    [Fact]
    public void A_model_is_a_folder_with_its_weights_or_one_file_where_it_holds_them()
    {
        var repository = made.Write("triton");
        Assert.Equal(
            [
                "dimec_1_2/7/model.onnx",
                "dimec_1_2/config.pbtxt",
                "dimec_1_2/labels.txt",
                "dimec_cloud/7/model.onnx/layers_1_1.weights",
                "dimec_cloud/7/model.onnx/layers_2_2.weights",
                "dimec_cloud/7/model.onnx/layers_3_3.weights",
                "dimec_cloud/7/model.onnx/model.onnx",
                "dimec_cloud/config.pbtxt",
                "dimec_cloud/labels.txt",
                "dimec_edge/7/model.onnx/layers_1_1.weights",
                "dimec_edge/7/model.onnx/layers_2_2.weights",
                "dimec_edge/7/model.onnx/model.onnx",
                "dimec_edge/config.pbtxt",
                "dimec_edge/labels.txt",
            ],
            Directory.EnumerateFiles(repository, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(repository, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NVIDIAs_own_message_class_reads_every_configuration()
    {
        var repository = made.Write("triton", new TargetSettings { Cores = 3 });
        string[] models = ["dimec_edge", "dimec_cloud", "dimec_1_2"];
        var read = await ReadAsync([.. models.Select(model => Path.Combine(repository, model, "config.pbtxt"))]);
        Assert.Equal(models, read.Select(config => (string?)config["name"]));
        Assert.All(read, config =>
        {
            Assert.Equal(("onnxruntime_onnx", 32), ((string?)config["platform"], (int?)config["max_batch_size"]));
            Assert.Equal("""[{"count":3,"kind":"KIND_CPU"}]""", config["instance_group"]!.ToJsonString());
            Assert.NotNull(config["version_policy"]!["all"]);
            Assert.Equal("true", config["dynamic_batching"]!["default_queue_policy"]!["allow_timeout_override"]!.ToJsonString());
            Assert.Equal("16,24,32", (string?)config["parameters"]!["dimec_length_buckets"]!["string_value"]);
            Assert.Equal(BundleFolder.Open(made.Bundle).Hash, (string?)config["parameters"]!["dimec_bundle"]!["string_value"]);
            Assert.Equal("1", (string?)config["parameters"]!["intra_op_thread_count"]!["string_value"]);
            Assert.Equal(3, config["model_warmup"]!.AsArray().Count);
            Assert.Equal("labels.txt", (string?)config["output"]![0]!["label_filename"]);
        });
        Assert.Equal(["input_ids TYPE_INT64 -1", "attention_mask TYPE_INT64 -1"], Tensors(read[0], "input"));
        Assert.Equal(["logits TYPE_FP32 2", "hidden_states TYPE_FP32 -1,24"], Tensors(read[0], "output"));
        // The last layer's states are of no use to anybody.
        Assert.Equal(["logits TYPE_FP32 2"], Tensors(read[1], "output"));
        Assert.Equal(["hidden_states TYPE_FP32 -1,24", "attention_mask TYPE_INT64 -1"], Tensors(read[2], "input"));
        Assert.Equal(["logits TYPE_FP32 2", "next_hidden_states TYPE_FP32 -1,24"], Tensors(read[2], "output"));
    }

    [Fact]
    public void ONNX_Runtime_runs_each_model_where_it_lies_also_on_the_shapes_that_warm_it_up()
    {
        var repository = made.Write("triton");
        var batch = new RandomBatch(made.Checkpoint.Config, [5, 9], padded: 16, seed: 4);
        using var cloud = OnnxSession.OpenFile(Path.Combine(repository, "dimec_cloud", "7", "model.onnx", "model.onnx"));
        using var whole = OnnxSession.Open(OnnxSession.Export(made.Checkpoint, 3));
        Assert.Equal(
            whole.Run(batch.Ids, batch.Mask, null, 2), cloud.Run(batch.Ids, batch.Mask, null, 2),
            (one, other) => Math.Abs(one - other) < 1e-5);
        Assert.Equal(2, cloud.Run(new long[16], new long[16], null, 1).Length);
        using var stretch = OnnxSession.OpenFile(Path.Combine(repository, "dimec_1_2", "7", "model.onnx"));
        Assert.Equal(2, stretch.RunFrom(new float[16 * made.Checkpoint.Config.HiddenSize], new long[16], 1).Length);
    }

    [Fact]
    public async Task Half_precision_is_for_accelerators_and_a_label_of_two_lines_has_no_place_in_a_file_of_lines()
    {
        using var folder = new TemporaryFolder();
        var bundle = folder.File("bundle");
        TinyBundle.Write(bundle, precision: ModelPrecision.Fp16);
        TinyBundle.Rewrite(bundle, manifest => manifest with { Labels = ["no", "yes\nand"] });
        var repository = made.Write("triton", bundle: bundle);
        var config = Assert.Single(await ReadAsync([Path.Combine(repository, "dimec_cloud", "config.pbtxt")]));
        Assert.Equal("""[{"count":1,"kind":"KIND_GPU"}]""", config["instance_group"]!.ToJsonString());
        Assert.Equal("1000", (string?)config["dynamic_batching"]!["max_queue_delay_microseconds"]);
        Assert.Null(config["output"]![0]!["label_filename"]);
        Assert.False(File.Exists(Path.Combine(repository, "dimec_cloud", "labels.txt")));
    }

    private static IEnumerable<string> Tensors(JsonNode config, string key) => config[key]!.AsArray().Select(tensor =>
        $"{tensor!["name"]} {tensor["data_type"]} {string.Join(',', tensor["dims"]!.AsArray().Select(axis => (string?)axis))}");

    private static async Task<JsonNode[]> ReadAsync(string[] configs)
    {
        var wheels = Repository.RequireShared("wheels");
        var script = Path.Combine(Repository.Root, "tests", "Dimec.Export.Tests", "Targets", "Triton", "read_config.py");
        var output = await OtherProgram.RequireAsync("python3", [script, wheels, .. configs]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
