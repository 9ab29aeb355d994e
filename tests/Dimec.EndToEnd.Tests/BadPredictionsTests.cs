using System.Globalization;
using System.Text.Json.Nodes;

namespace Dimec.EndToEnd.Tests;

/// <summary>Predictions, embeddings and metrics that do not hold together: the file and line are named, and nothing is written.</summary>
public sealed class BadPredictionsTests(MadeRun made) : RefusedCalls
{
    [Theory]
    [InlineData("logits", """{"1":[0,NaN],"2":[0,1],"3":[0,1]}""", "line 3: holds NaN or Infinity")]
    [InlineData("logits", """{"0":[0,1],"1":[0,1],"3":[0,1]}""", "line 3: has exits 0, 1, 3 where the first row has 0, 1, 2, 3")]
    [InlineData("logits", """{"0":[0,1],"1":[0,1,2],"2":[0,1,2],"3":[0,1,2]}""", "line 3: has 3 logits at exit 1 where the first row has 2")]
    [InlineData("logits", "{}", "line 3: has no logits")]
    [InlineData("embedding", "[1,2]", "line 3: has an embedding of 2 numbers where the first row has 24")]
    [InlineData("gold", "2", "line 3: has gold 2 with 2 classes")]
    [InlineData("gold", "null", "has 1 of ")]
    public async Task A_row_is_named_by_its_line(string key, string value, string sentence)
    {
        var run = CopyOf(made.Run);
        Set(Path.Combine(run, "predictions", "selection.jsonl"), key, value, only: 3);

        await RefusedAsync(["plan", run, "--policy", "edge", "--out", Folder.File("plan.json")], sentence);
    }

    [Theory]
    [InlineData(
        "logits", """{"1":[0,1],"2":[0,1],"3":[0,1]}""",
        "predictions/dev.jsonl: has no exit 0 where predictions/selection.jsonl has one")]
    [InlineData(
        "logits", """{"0":[0,1,2],"1":[0,1,2],"2":[0,1,2],"3":[0,1,2]}""",
        "predictions/dev.jsonl: has 3 classes where predictions/selection.jsonl has 2")]
    [InlineData(
        "embedding", "[1,2]",
        "predictions/dev.jsonl: has embeddings of 2 numbers where predictions/selection.jsonl has embeddings of 24 numbers")]
    [InlineData(
        "embedding", "null", "predictions/dev.jsonl: has no embeddings where predictions/selection.jsonl has embeddings of 24 numbers")]
    public async Task The_reported_part_must_be_of_the_model_that_was_planned_for(string key, string value, string sentence)
    {
        var run = CopyOf(made.Run);
        Set(Path.Combine(run, "predictions", "dev.jsonl"), key, value);

        await RefusedAsync(["evaluate", run], sentence);
        await RefusedAsync(["report", run], sentence);
    }

    [Fact]
    public async Task Embeddings_and_their_guids_belong_together()
    {
        var run = CopyOf(made.Run);
        string[] plan = ["plan", run, "--policy", "pools", "--out", Folder.File("plan.json")];
        var (embeddings, guids) = (Path.Combine(run, "embeddings", "train.safetensors"), Path.Combine(run, "embeddings", "train.guids"));
        var lines = File.ReadAllLines(guids);

        File.WriteAllLines(guids, lines.SkipLast(2));
        await RefusedAsync(
            plan,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{embeddings} tensor embeddings: has {lines.Length} rows where {guids} has {lines.Length - 2} guids"));

        File.Delete(guids);
        await RefusedAsync(plan, $"{guids}: is absent");

        File.WriteAllLines(guids, lines);
        var bytes = File.ReadAllBytes(embeddings);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        File.WriteAllBytes(embeddings, bytes);
        await RefusedAsync(plan, $"{embeddings} tensor embeddings: holds NaN or infinite values");
    }

    [Fact]
    public async Task Dynamics_that_a_guid_is_missing_from_are_named_with_their_exit()
    {
        var run = CopyOf(made.Run);
        var epoch = Path.Combine(run, "dynamics", "exit-2", "training_dynamics", "dynamics_epoch_1.jsonl");
        File.WriteAllLines(epoch, File.ReadAllLines(epoch).SkipLast(1));

        await RefusedAsync(["plan", run, "--policy", "pools", "--exit", "2", "--out", Folder.File("plan.json")], $"{epoch}: guid 'train-");
    }

    /// <summary>Puts a value, which need not be JSON, in the place of a key's on one line or on all.</summary>
    private static void Set(string file, string key, string value, int? only = null) => MadeRun.Edit(file, (number, line) =>
    {
        if (number != (only ?? number))
            return line;
        var row = JsonNode.Parse(line)!.AsObject();
        row[key] = "HERE";
        return row.ToJsonString().Replace("\"HERE\"", value, StringComparison.Ordinal);
    });
}
