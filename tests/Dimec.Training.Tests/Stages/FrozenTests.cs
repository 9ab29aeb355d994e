using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Predictions;

namespace Dimec.Training.Tests.Stages;

public sealed class FrozenTests
{
    [Fact]
    public void TheLastExitIsThatOfARunThatHasNoOther()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("alone")) with { Exits = [2], SelectionDynamics = true };
        TinyTask.Run(arguments);
        TinyTask.Run(arguments with { Out = temporary.File("frozen"), Exits = [1, 2], ExitsTraining = ExitsTraining.Frozen, Distill = 1 });

        var (alone, frozen) = (
            Checkpoint.Load(temporary.File("alone", "model")).Weights, Checkpoint.Load(temporary.File("frozen", "model")).Weights);
        Assert.Equal(frozen.Keys.Where(name => !name.StartsWith("exits.1.", StringComparison.Ordinal)).Order(), alone.Keys.Order());
        Assert.All(alone, weight => Assert.Equal(weight.Value.Values, frozen[weight.Key].Values));
        foreach (var part in new[] { "selection", "calibration", "dev" })
        {
            var (one, both) = (Recorded(temporary.File("alone"), part), Recorded(temporary.File("frozen"), part));
            for (var sample = 0; sample < one.Count; sample++)
                Assert.Equal(one.Logits(sample, 0), both.Logits(sample, 1));
        }

        foreach (var epoch in new[] { 0, 1 })
        {
            foreach (var dynamics in new[] { "dynamics", "dynamics/selection" })
            {
                Assert.Equal(
                    File.ReadAllText(Epoch(temporary.File("alone"), dynamics, 2, epoch)),
                    File.ReadAllText(Epoch(temporary.File("frozen"), dynamics, 2, epoch)));
                Assert.Equal(
                    dynamics == "dynamics" ? 200 : 20, File.ReadAllLines(Epoch(temporary.File("frozen"), dynamics, 1, epoch)).Length);
            }
        }

        Assert.Equal(4, Directory.GetFiles(temporary.File("frozen", "dynamics"), "*_epoch_*", SearchOption.AllDirectories)
            .Count(path => !path.Contains("selection", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheEarlyHeadsLearnOnTheFrozenEncoder()
    {
        using var temporary = new TemporaryFolder();
        var watch = new StepWatch(_ => { });
        var arguments = TinyTask.Arguments(temporary.File("run")) with { Epochs = 6, ExitsTraining = ExitsTraining.Frozen };
        var result = TinyTask.Run(arguments, TinyTask.Data(train: 400, heldOut: 60), progress: watch);
        Assert.InRange(result.Accuracy["dev"][1], 0.8, 1);
        Assert.InRange(result.Accuracy["dev"][2], 0.8, 1);

        // Progress counts both stages, and the record keeps their losses apart.
        Assert.Equal(Enumerable.Range(1, 300), watch.Steps);
        Assert.All(watch.All, progress => Assert.Equal(12, progress.Epochs));
        using var record = JsonDocument.Parse(File.ReadAllText(temporary.File("run", "run.json")));
        Assert.Equal("frozen", record.RootElement.GetProperty("settings").GetProperty("exitsTraining").GetString());
        var results = record.RootElement.GetProperty("results");
        Assert.Equal(300, results.GetProperty("steps").GetInt32());
        double[] early = [.. results.GetProperty("earlyExitsEpochLosses").EnumerateArray().Select(loss => loss.GetDouble())];
        Assert.Equal((6, 6), (results.GetProperty("epochLosses").GetArrayLength(), early.Length));
        Assert.True(early[^1] < early[0], $"{early[0]} to {early[^1]}");
        Assert.Empty(Directory.GetFiles(temporary.File("run", "checkpoints"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void AStepOfTheHeadsLeavesNoNativeMemoryBehind()
    {
        using var temporary = new TemporaryFolder();
        var counts = new List<long>();
        TinyTask.Run(
            TinyTask.Arguments(temporary.File("run")) with { ExitsTraining = ExitsTraining.Frozen, Distill = 1 },
            progress: new StepWatch(step => counts.Add(step > 26 ? TorchSharp.torch.Tensor.TotalCount : 0)));
        Assert.Equal(2, counts.Distinct().Count());
    }

    private static RecordedExits Recorded(string folder, string part)
    {
        using var stream = File.OpenRead(Path.Combine(folder, "predictions", part + ".jsonl"));
        return RecordedExits.Read(stream, part, part);
    }

    private static string Epoch(string folder, string dynamics, int exit, int epoch) =>
        Path.Combine(folder, dynamics, $"exit-{exit}", "training_dynamics", $"dynamics_epoch_{epoch}.jsonl");
}
