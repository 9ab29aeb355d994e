using System.Text.Json.Nodes;
using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Training.Data;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;
using static TorchSharp.torch;

namespace Dimec.Training.Tests.Evaluation;

public sealed class StatesTests
{
    private static readonly string[] s_parts = ["selection", "calibration", "dev", "train"];

    [Fact]
    public void StatesAreWhatTheHeadsReadAndAllElseIsAsWithoutThem()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        TinyTask.Run(arguments with { States = [2, 1] });
        TinyTask.Run(arguments with { Out = temporary.File("without") });
        Assert.Equal(
            File.ReadAllBytes(temporary.File("without", "model", "model.safetensors")),
            File.ReadAllBytes(temporary.File("run", "model", "model.safetensors")));
        Assert.Equal("[1,2]", Record(temporary.File("run"))["results"]!["states"]!.ToJsonString());
        Assert.False(File.Exists(temporary.File("without", "predictions", "train.jsonl")));
        foreach (var part in s_parts[..3])
        {
            Assert.Equal(
                File.ReadAllLines(temporary.File("without", "predictions", part + ".jsonl")),
                Rows(temporary.File("run"), part).Select(row => Without(row, "states").ToJsonString()));
        }

        var saved = Checkpoint.Load(temporary.File("run", "model"));
        var shape = TinyTask.Shape();
        using var parameters = new Parameters(new ParameterLayout(shape));
        parameters.CopyFrom(saved.Weights);
        var encoder = new MultiExitEncoder(parameters, shape);
        foreach (var dataset in (Text.Dataset[])[TinyTask.Data().Dev, TinyTask.Data().Train])
        {
            var recorded = Read(temporary.File("run"), dataset.Part);
            Assert.Equal(dataset.Samples.Select(sample => sample.Guid), recorded.Guids);
            Assert.Equal(dataset.Part == "train" ? 0 : 32, recorded.EmbeddingSize);
            var encoded = EncodedPart.Encode(dataset, TinyTask.Tokenizer(saved, 40), TestContext.Current.CancellationToken);
            var predicted = new Predictor(encoder, shape, 0).Predict(encoded, () => { }, TestContext.Current.CancellationToken);
            for (var i = 0; i < recorded.Count; i++)
            {
                using var scope = NewDisposeScope();
                using var evaluation = no_grad();
                var alone = new Batch(encoded, [i], padId: 0);
                float[][] layers = [.. encoder
                    .HiddenStates(alone, encoder.Embed(alone, encoder.GatherWords(alone, forTraining: false)), dropout: null)
                    .Skip(1)
                    .Select(hidden => Parameters.MemoryOf(hidden).ToArray())];
                for (var exit = 0; exit < 2; exit++)
                {
                    var state = recorded.State(i, exit).ToArray();
                    for (var h = 0; h < 32; h++)
                    {
                        Assert.Equal(
                            Enumerable.Range(0, alone.Lengths[0]).Average(token => (double)layers[exit][(token * 32) + h]), state[h], 1e-4);
                    }

                    for (var label = 0; label < 2; label++)
                        Assert.Equal(predicted.Logits(i, exit)[label], recorded.Logits(i, exit)[label], 1e-5f);
                }
            }
        }
    }

    [Fact]
    public void AFinishedRunGetsWhatItLacksAndOthersStay()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        TinyTask.Run(arguments with { Out = temporary.File("whole"), States = [1] });
        TinyTask.Run(arguments);

        // What a kill between the parts would leave is done again.
        File.Copy(
            temporary.File("whole", "predictions", "selection.jsonl"), temporary.File("run", "predictions", "selection.jsonl"),
            overwrite: true);
        var progress = new StepWatch(_ => { });
        Assert.True(TinyTask.Run(arguments with { States = [1] }, progress: progress).WasFinished);
        Assert.Empty(progress.Steps);
        AssertSame(temporary.File("whole"), temporary.File("run"));

        // Nothing is lacking, and nothing is asked for.
        var before = File.GetLastWriteTimeUtc(temporary.File("run", "predictions", "dev.jsonl"));
        TinyTask.Run(arguments with { States = [1] });
        TinyTask.Run(arguments);
        Assert.Equal(before, File.GetLastWriteTimeUtc(temporary.File("run", "predictions", "dev.jsonl")));

        TinyTask.Run(arguments with { States = [2] });
        Assert.Equal("[1,2]", Record(temporary.File("run"))["results"]!["states"]!.ToJsonString());
        Assert.All(s_parts, part => Assert.Equal([1, 2], Read(temporary.File("run"), part).StateLayers));
    }

    [Fact]
    public void AClsHeadReadsTheFirstToken()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")) with
        {
            Pooling = ExitHeadConfig.ClsPooling,
            Head = ExitHeadConfig.LinearHead,
            States = [2],
        });
        var saved = Checkpoint.Load(temporary.File("run", "model"));
        var (weight, bias) = (saved.Weights["exits.2.classifier.weight"].Values, saved.Weights["exits.2.classifier.bias"].Values);
        var dev = Read(temporary.File("run"), "dev");
        for (var i = 0; i < dev.Count; i++)
        {
            // With a linear head the state alone makes the logits.
            for (var label = 0; label < 2; label++)
            {
                Assert.Equal(
                    bias[label] + Enumerable.Range(0, 32).Sum(h => (double)weight[(label * 32) + h] * dev.State(i, 1)[h]),
                    dev.Logits(i, 1)[label], 1e-4);
            }
        }
    }

    [Fact]
    public void WhatIsNotTheRunsOwnIsRefused()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        TinyTask.Run(arguments);
        Assert.Contains(
            "States: names layer 3, which gets no exit; use layers of Exits: 1,2.",
            Assert.Throws<InputException>(() => TinyTask.Run(arguments with { States = [3, 1] })).Message, StringComparison.Ordinal);
        var dev = temporary.File("run", "predictions", "dev.jsonl");
        File.WriteAllLines(dev, File.ReadAllLines(dev)[1..]);
        Assert.Contains(
            "dev.jsonl: holds other samples or exits than the training wrote",
            Assert.Throws<InputException>(() => TinyTask.Run(arguments with { States = [1] })).Message, StringComparison.Ordinal);
        File.Delete(dev);
        Assert.Contains(
            "dev.jsonl: is absent", Assert.Throws<InputException>(() => TinyTask.Run(arguments with { States = [1] })).Message,
            StringComparison.Ordinal);
        Assert.Null(Record(temporary.File("run"))["results"]!["states"]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.123456789f, 0.123457f)]
    [InlineData(-1234567, -1234570f)]
    [InlineData(9.999999f, 10)]
    [InlineData(1e-40f, 1e-40f)]
    [InlineData(0.000123456789f, 0.000123457f)]
    public void StatesHaveSixDigits(float value, float rounded) => Assert.Equal(rounded, Significant.Round(value, 6));

    private static void AssertSame(string whole, string run) =>
        Assert.All(s_parts, part => Assert.Equal(
            File.ReadAllText(Path.Combine(whole, "predictions", part + ".jsonl")),
            File.ReadAllText(Path.Combine(run, "predictions", part + ".jsonl"))));

    private static RecordedExits Read(string run, string part)
    {
        using var stream = File.OpenRead(Path.Combine(run, "predictions", part + ".jsonl"));
        return RecordedExits.Read(stream, part, part);
    }

    private static IEnumerable<JsonObject> Rows(string run, string part) =>
        File.ReadLines(Path.Combine(run, "predictions", part + ".jsonl")).Select(line => JsonNode.Parse(line)!.AsObject());

    private static JsonObject Without(JsonObject row, string key)
    {
        Assert.True(row.Remove(key));
        return row;
    }

    private static JsonNode Record(string run) => JsonNode.Parse(File.ReadAllText(Path.Combine(run, "run.json")))!;
}
