using Dimec.Files;
using Dimec.Predictions;
using Dimec.Runs.Parts;

namespace Dimec.Runs.Tests.Parts;

/// <summary>A run's parts: read by name, and remembered for the record of a plan.</summary>
public sealed class RunPartsTests : IDisposable
{
    private readonly PredictedRun _made = new();

    public void Dispose() => _made.Dispose();

    [Fact]
    public void What_was_read_is_remembered_by_its_path_inside_the_run()
    {
        var run = RunFolder.Open(_made.Path);
        var parts = new RunParts(run);
        Assert.Empty(parts.Hashes);
        Assert.Equal(80, parts.Predictions(PartNames.Selection).Count);
        Assert.Equal(
            [KeyValuePair.Create("predictions/selection.jsonl", FileHash.Of(run.Predictions(PartNames.Selection)))], parts.Hashes);
    }

    [Fact]
    public void Embeddings_beside_the_training_samples_come_before_those_in_their_file()
    {
        var run = RunFolder.Open(_made.Path);
        var inside = new RunParts(run).TrainEmbeddings()!;
        Assert.Equal((3, EmbeddingKind.LayerNorm), (inside.Size, inside.Kind));

        string[] guids = [.. Enumerable.Range(0, 80).Select(i => $"train-{i}")];
        new RunWriter(run).TrainEmbeddings(guids, EmbeddingKind.Sum, 2, [.. Enumerable.Range(0, 160).Select(i => (float)i)]);
        var parts = new RunParts(run);
        Assert.Equal(EmbeddingKind.Sum, parts.EmbeddingKind);
        Assert.Equal(2, parts.TrainEmbeddings()!.Size);
        Assert.Contains("embeddings/train.safetensors", parts.Hashes.Keys);
        Assert.Contains("embeddings/train.guids", parts.Hashes.Keys);
    }

    [Fact]
    public void A_part_that_the_run_lacks_is_named_with_what_to_do() => Assert.StartsWith(
        $"{Path.Combine(_made.Path, "predictions", "calibration.jsonl")}: holds no predictions of the part 'calibration'; ",
        Assert.Throws<InputException>(() => new RunParts(RunFolder.Open(_made.Path)).Predictions(PartNames.Calibration)).Message,
        StringComparison.Ordinal);
}
