using Dimec.Checkpoints;
using Dimec.Text;

namespace Dimec.Training.Tests;

public sealed class TrainingArgumentsTests
{
    [Fact]
    public void EverythingThatIsWrongIsReportedTogetherAndNothingIsWritten()
    {
        using var temporary = new TemporaryFolder();
        var exception = Assert.Throws<InputException>(() => TinyTask.Run(new TrainingArguments
        {
            Out = temporary.File("run"),
            Exits = [2, 1, 1, 9],
            Head = "deep",
            Pooling = "max",
            Epochs = 0,
            BatchSize = -1,
            LearningRate = double.NaN,
            WarmUp = 1,
            WeightDecay = -1,
            ClipNorm = 0,
            MaxLength = 41,
            Dropout = 1,
            Distill = -1,
            DistillTemperature = 0,
            Threads = 0,
            ResumeInterval = TimeSpan.FromMinutes(3),
        }));
        Assert.Equal(
            [
                "Exits", "Exits", "Exits", "Head", "Pooling", "Epochs", "BatchSize", "LearningRate", "WarmUp", "WeightDecay",
                "ClipNorm", "Dropout", "Distill", "DistillTemperature", "Threads", "checkpoint interval", "MaxLength",
            ],
            exception.Errors.Select(error => error.Where));
        Assert.Contains(
            "Exits: names layer 9, which the backbone with 2 layers does not have; use layers from 1 to 2.", exception.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Exits: has layer 1 after 2; list each layer once and in ascending order: 1,2,9.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MaxLength: is 41; use 3 to 40, the positions that the backbone has.", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(temporary.File("run")));
    }

    [Fact]
    public void WhatNeedsNeitherCheckpointNorDataIsKnownBeforeThem()
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary.File("thesis.txt"), "");
        var arguments = TinyTask.Arguments(temporary.Path) with { Exits = [0, 9], MaxLength = 2, Epochs = 0 };
        var errors = new InputErrors();
        Trainer.Validate(arguments, checkpoint: null, errors);
        Assert.Equal(
            [
                "Exits: names layer 0; use layers from 1.",
                "Epochs: is 0; use a value that is at least 1.",
                "MaxLength: is 2; use 3 or more.",
                $"Folder {temporary.Path}: is not empty and holds no run.json; name a new folder, or that of a run to resume.",
            ],
            Assert.Throws<InputException>(errors.ThrowIfAny).Errors.Select(error => error.ToString()));

        var known = new InputErrors();
        Trainer.Validate(
            TinyTask.Arguments(temporary.File("run")) with { Exits = [9] },
            new Checkpoint(TinyTask.Config, TinyTask.Checkpoint().Weights, null, null), known);
        Assert.Equal(["Exits", "Backbone"], Assert.Throws<InputException>(known.ThrowIfAny).Errors.Select(error => error.Where));
    }

    [Fact]
    public void NoExitIsAnError()
    {
        using var temporary = new TemporaryFolder();
        var exception = Assert.Throws<InputException>(() => TinyTask.Run(TinyTask.Arguments(temporary.File("run")) with { Exits = [] }));
        Assert.Equal("Exits: names no layer; name ascending layers from 1 to 2, e.g. 2.", exception.Message);
    }

    [Fact]
    public void OptionsForEarlyExitsNeedOne()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        Assert.Equal(
            "ExitsTraining frozen: has no exit to train after the rest, "
            + "since Exits names layer 2 only; name exits below the last, or leave it out.",
            Assert.Throws<InputException>(() =>
                TinyTask.Run(arguments with { Exits = [2], ExitsTraining = ExitsTraining.Frozen })).Message);
        Assert.Equal(
            "ExitsTraining alternating: has no exit to train in turn with the rest, "
            + "since Exits names layer 2 only; name exits below the last, or leave it out.",
            Assert.Throws<InputException>(() =>
                TinyTask.Run(arguments with { Exits = [2], ExitsTraining = ExitsTraining.Alternating })).Message);
        Assert.Equal(
            "Distill: has no exit to teach, since Exits names layer 2 only; name exits below the last, or leave it out.",
            Assert.Throws<InputException>(() => TinyTask.Run(arguments with { Exits = [2], Distill = 1 })).Message);
        Assert.Equal(
            "DistillTemperature: changes nothing without Distill; give Distill a weight over 0, e.g. 1, or leave it out.",
            Assert.Throws<InputException>(() => TinyTask.Run(arguments with { DistillTemperature = 3 })).Message);
    }

    [Fact]
    public void DataThatCannotBeTrainedOnAreRefused()
    {
        using var temporary = new TemporaryFolder();
        var data = TinyTask.Data();
        var broken = data with
        {
            Train = new Dataset("train", [new Sample("a\nb", "1", null, 0), new Sample("c", "2", null, -1)], ["only"], hasPair: false),
        };
        var exception = Assert.Throws<InputException>(() => TinyTask.Run(TinyTask.Arguments(temporary.File("run")), broken));
        Assert.Equal(3, exception.Errors.Count);
        Assert.Contains("no label for the training sample c", exception.Message, StringComparison.Ordinal);
        Assert.Contains("line break in the guid", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1 label", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatHoldsSomethingElseIsLeftAlone()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.File("run"));
        File.WriteAllText(temporary.File("run", "thesis.txt"), "");
        var exception = Assert.Throws<InputException>(() => TinyTask.Run(TinyTask.Arguments(temporary.File("run"))));
        Assert.Contains("is not empty and holds no run.json", exception.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(temporary.File("run")));
    }

    [Fact]
    public void ARecordThatIsNoneIsNamed()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.File("run"));
        File.WriteAllText(temporary.File("run", "run.json"), "{\"format\":");
        var exception = Assert.Throws<InputException>(() => TinyTask.Run(TinyTask.Arguments(temporary.File("run"))));
        Assert.Contains("run.json line 1: is not well-formed JSON", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(384, "mean", 1.5e-4)]
    [InlineData(384, "cls", 1.5e-4)]
    [InlineData(768, "mean", 2e-5)]
    [InlineData(1024, "cls", 2e-5)]
    public void TheDefaultRateFollowsTheWidth(int hidden, string pooling, double expected)
    {
        var checkpoint = TinyTask.Checkpoint(TinyTask.Config with { HiddenSize = hidden });
        var settings = TrainingSettings.Of(new TrainingArguments { Out = "", Exits = [2], Pooling = pooling }, checkpoint);
        Assert.Equal(expected, settings.LearningRate);
    }

    [Fact]
    public void PoolingFollowsTheCheckpoint()
    {
        var bare = TinyTask.Checkpoint();
        var trained = new Checkpoint(bare.Config, bare.Weights, null, null) { TrainedPooling = ExitHeadConfig.MeanPooling };
        var arguments = new TrainingArguments { Out = "", Exits = [2] };
        Assert.Equal(ExitHeadConfig.ClsPooling, TrainingSettings.Of(arguments, bare).Pooling);
        Assert.Equal(ExitHeadConfig.MeanPooling, TrainingSettings.Of(arguments, trained).Pooling);
        Assert.Equal(40, TrainingSettings.Of(arguments, bare).MaxLength);
    }
}
