using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Divergence;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;

namespace Dimec.Training.Tests.Divergence;

public sealed class DivergenceTests
{
    [Fact]
    public void ANetworkThatAnswersEveryTextAlikeHasCollapsedAndOneThatDiffersAtSomeExitHasNot()
    {
        var shape = TinyTask.Shape();
        using var parameters = new Parameters(new ParameterLayout(shape));
        Initialization.Heads(parameters, shape, 0);
        parameters.CopyFrom(TinyTask.Checkpoint().Weights);
        var train = EncodedPart.Encode(
            TinyTask.Data().Train, TinyTask.Tokenizer(TinyTask.Checkpoint(), 40), TestContext.Current.CancellationToken);
        var probe = new CollapseProbe(train, new Predictor(new MultiExitEncoder(parameters, shape), shape, 0));
        Assert.Equal(16, probe.Count);
        Assert.False(probe.HasCollapsed());

        Clear("encoder.layer.1.output.LayerNorm.weight");
        Assert.False(probe.HasCollapsed());
        Clear("encoder.layer.0.output.LayerNorm.weight");
        Assert.True(probe.HasCollapsed());

        void Clear(string name) => Parameters.MemoryOf(parameters[name]).Clear();
    }

    [Fact]
    public void ANetworkThatNeverToldTextsApartHasNotCollapsed()
    {
        using var temporary = new TemporaryFolder();
        var checkpoint = TinyTask.Checkpoint();
        checkpoint.Weights["encoder.layer.0.output.LayerNorm.weight"].Values.AsSpan().Clear();
        checkpoint.Weights["encoder.layer.1.output.LayerNorm.weight"].Values.AsSpan().Clear();
        var result = TinyTask.Run(TinyTask.Arguments(temporary.File("run")) with { LearningRate = 1e-30 }, checkpoint: checkpoint);
        Assert.StartsWith("Exits 1 and 2 answer all 20 selection samples alike", result.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ATaskThatCannotBeLearnedIsTrainedToItsEnd()
    {
        using var temporary = new TemporaryFolder();
        var data = TinyTask.Data();
        var shuffled = data.Train.Samples.Select((sample, i) => sample with { Label = i / 10 % 2 }).ToArray();
        var result = TinyTask.Run(
            TinyTask.Arguments(temporary.File("run")), data with { Train = new Dataset("train", shuffled, data.Labels, hasPair: false) });
        Assert.False(result.WasFinished);
    }

    [Fact]
    public void WarningsAreKeptInTheRecord()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run")) with { LearningRate = 1e-30 };
        // All of selection is of the class that is the majority in train: nothing beats it.
        var data = TinyTask.Data();
        var majority = data.Train.Samples.CountBy(sample => sample.Label).MaxBy(count => count.Value).Key;
        var easy = data with
        {
            Selection = new Dataset(
                "selection", [.. data.Selection.Samples.Select(sample => sample with { Label = majority })], data.Labels, hasPair: false),
        };
        var warning = Assert.Single(TinyTask.Run(arguments, easy).Warnings);
        Assert.Equal(
            $"No exit is better on the selection part than always answering \"{data.Labels[majority]}\", which is right for 1.0000: "
            + "lower LearningRate (it was 1E-30), raise Epochs (they were 2), or use another Backbone.",
            warning);
        Assert.Equal([warning], TinyTask.Run(arguments, easy).Warnings);
        using var record = JsonDocument.Parse(File.ReadAllText(temporary.File("run", "run.json")));
        Assert.Equal(warning, record.RootElement.GetProperty("results").GetProperty("warnings")[0].GetString());
    }

    [Theory]
    [InlineData(0, false, 1)]
    [InlineData(1, false, 0)]
    [InlineData(0, true, 0)]
    public void OneSampleMoreThanTheMajorityIsEnough(int better, bool classWeights, int warnings)
    {
        // Gold is 0 for six of ten; an exit that says 0 always is right for six.
        var builder = new RecordedExitsBuilder("selection", [1], 2, 0);
        for (var i = 0; i < 10; i++)
            builder.Add($"{i}", i < 6 ? 0 : 1, i >= 6 && i < 6 + better ? [0, 1] : [1 + i, 0], []);
        var train = new Dataset(
            "train", [.. Enumerable.Range(0, 9).Select(i => new Sample($"{i}", "", null, i % 3 == 2 ? 1 : 0))], ["no", "yes"],
            hasPair: false);
        var settings = TrainingSettings.Of(
            new TrainingArguments { Out = "", Exits = [1], ClassWeights = classWeights }, TinyTask.Checkpoint());
        Assert.Equal(warnings, RunWarnings.Of(builder.Build(), train, settings).Count);
    }

    [Fact]
    public void ARateThatKillsAPretrainedEncoderStopsWithASentence()
    {
        using var temporary = new TemporaryFolder();
        var checkpoint = Checkpoint.Load(Repository.RequireShared("models", "all-MiniLM-L6-v2"));
        var data = DataSpec.Parse($"cola:{Repository.RequireShared("data", "glue")}", new ReaderOptions { Limit = 480, HeldOutLimit = 20 })
            .Load(TestContext.Current.CancellationToken);
        var exception = Assert.Throws<JobException>(() => Trainer.Train(
            new TrainingArguments { Out = temporary.File("run"), Exits = [2, 4, 6], LearningRate = 0.01, MaxLength = 32, Epochs = 4 }, data,
            checkpoint, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Matches(
            @"^Training collapsed at step \d+ of 60 \(every exit answers 16 different texts alike\): "
            + @"lower LearningRate from 0\.01, to 0\.001 say, and start again with a new Out\.$",
            exception.Message);
    }
}
