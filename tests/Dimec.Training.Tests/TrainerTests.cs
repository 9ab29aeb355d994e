using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Checkpoints.Safetensors;
using Dimec.Evaluation.Metrics;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Records;
using Dimec.Training.Data;
using Dimec.Training.Evaluation;
using Dimec.Training.Model;

namespace Dimec.Training.Tests;

public sealed class TrainerTests
{
    [Fact]
    public void ItLearnsAndEveryFileIsThere()
    {
        using var temporary = new TemporaryFolder();
        var watch = new StepWatch(_ => { });
        var result = TinyTask.Run(
            TinyTask.Arguments(temporary.File("run")) with { Epochs = 4 }, TinyTask.Data(train: 400, heldOut: 60), progress: watch);

        Assert.InRange(result.Accuracy["dev"][2], 0.8, 1);
        Assert.Equal(["calibration", "dev", "selection"], result.Accuracy.Keys.Order());
        foreach (var part in result.Accuracy.Keys)
        {
            using var stream = File.OpenRead(temporary.File("run", "predictions", part + ".jsonl"));
            var recorded = RecordedExits.Read(stream, part, part);
            Assert.Equal((60, 2, 32), (recorded.Count, recorded.Exits.Count, recorded.EmbeddingSize));
            Assert.Equal(result.Accuracy[part], ExitAccuracy.OfAll(recorded).ToDictionary(exit => exit.Exit, exit => exit.Share));
        }

        using var record = JsonDocument.Parse(File.ReadAllText(temporary.File("run", "run.json")));
        // What runs are resumed by: a key more would keep those that were begun before from going on.
        Assert.Equal(
            [
                "hiddenSize", "layers", "heads", "intermediateSize", "vocabularySize", "maxPositions", "typeVocabularySize",
                "layerNormEpsilon", "hiddenActivation", "hiddenDropout", "attentionDropout", "classifierDropout", "initializerRange",
                "padTokenId", "headSize",
            ],
            record.RootElement.GetProperty("backbone").GetProperty("config").EnumerateObject().Select(property => property.Name));
        Assert.Equal("finished", record.RootElement.GetProperty("state").GetString());
        Assert.Equal(0.003, record.RootElement.GetProperty("settings").GetProperty("learningRate").GetDouble());
        Assert.Equal(
            400, record.RootElement.GetProperty("data").GetProperty("parts").GetProperty("train").GetProperty("samples").GetInt32());
        Assert.Equal(4, record.RootElement.GetProperty("results").GetProperty("epochLosses").GetArrayLength());
        Assert.Empty(Directory.GetFiles(temporary.File("run", "checkpoints")));
        Assert.All(watch.All, progress => Assert.InRange(progress.Step, 0, progress.Steps));
        Assert.Equal(100, watch.Steps.Count);
        Assert.Contains(watch.All, progress => progress.Phase == TrainingPhase.Evaluating && progress.Step == progress.Steps);
    }

    [Fact]
    public void TheSavedModelGivesTheRecordedPredictions()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")));
        var saved = Checkpoint.Load(temporary.File("run", "model"));
        Assert.Equal(ExitHeadConfig.MeanPooling, saved.TrainedPooling);
        Assert.Equal([1, 2], saved.Exits!.Exits);
        Assert.Equal(["even", "odd"], saved.Exits.Labels);

        var shape = TinyTask.Shape();
        using var parameters = new Parameters(new ParameterLayout(shape));
        parameters.CopyFrom(saved.Weights);
        var dev = EncodedPart.Encode(TinyTask.Data().Dev, TinyTask.Tokenizer(saved, 40), TestContext.Current.CancellationToken);
        var predicted = new Predictor(new MultiExitEncoder(parameters, shape), shape, 0).Predict(
            dev, () => { }, TestContext.Current.CancellationToken);
        using var stream = new MemoryStream();
        predicted.Write(stream);
        Assert.Equal(File.ReadAllBytes(temporary.File("run", "predictions", "dev.jsonl")), stream.ToArray());
    }

    [Fact]
    public void DynamicsAreTheLogitsOfTheWeightsThatRan()
    {
        using var temporary = new TemporaryFolder();
        // A rate at which nothing moves: every step of both epochs then runs the first weights.
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")) with { LearningRate = 1e-30, Dropout = 0 });
        var saved = Checkpoint.Load(temporary.File("run", "model"));
        var shape = TinyTask.Shape();
        using var parameters = new Parameters(new ParameterLayout(shape));
        parameters.CopyFrom(saved.Weights);
        var train = EncodedPart.Encode(TinyTask.Data().Train, TinyTask.Tokenizer(saved, 40), TestContext.Current.CancellationToken);
        var expected = new Predictor(new MultiExitEncoder(parameters, shape), shape, 0).Predict(
            train, () => { }, TestContext.Current.CancellationToken);

        foreach (var (epoch, exit) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            var lines = File.ReadAllLines(
                temporary.File("run", "dynamics", $"exit-{exit + 1}", "training_dynamics", $"dynamics_epoch_{epoch}.jsonl"));
            Assert.Equal(train.Count, lines.Length);
            for (var sample = 0; sample < lines.Length; sample++)
            {
                using var line = JsonDocument.Parse(lines[sample]);
                Assert.Equal($"train-{sample}", line.RootElement.GetProperty("guid").GetString());
                Assert.Equal(train.Dataset.Samples[sample].Label, line.RootElement.GetProperty("gold").GetInt32());
                var logits = line.RootElement
                    .GetProperty($"logits_epoch_{epoch}")
                    .EnumerateArray()
                    .Select(value => value.GetSingle())
                    .ToArray();
                Assert.Equal(2, logits.Length);
                for (var i = 0; i < 2; i++)
                    Assert.Equal(expected.Logits(sample, exit)[i], logits[i], 1e-5f);
            }
        }
    }

    [Fact]
    public void SelectionDynamicsAreWhatEachEpochsWeightsSayAndChangeNone()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        TinyTask.Run(arguments with { SelectionDynamics = true });
        TinyTask.Run(arguments with { Out = temporary.File("without") });
        Assert.Equal(
            File.ReadAllBytes(temporary.File("without", "model", "model.safetensors")),
            File.ReadAllBytes(temporary.File("run", "model", "model.safetensors")));
        Assert.False(Directory.Exists(temporary.File("without", "dynamics", "selection")));

        using var stream = File.OpenRead(temporary.File("run", "predictions", "selection.jsonl"));
        var final = RecordedExits.Read(stream, "selection", "selection");
        foreach (var (exit, layer) in final.Exits.Index())
        {
            float[][] Epoch(int epoch) => [.. File.ReadAllLines(temporary.File(
                "run", "dynamics", "selection", $"exit-{layer}", "training_dynamics", $"dynamics_epoch_{epoch}.jsonl"))
                .Select(line => JsonElement.Parse(line)
                    .GetProperty($"logits_epoch_{epoch}")
                    .EnumerateArray()
                    .Select(value => value.GetSingle())
                    .ToArray())];
            float[][] last = [.. Enumerable.Range(0, final.Count).Select(sample => final.Logits(sample, exit).ToArray())];
            Assert.Equal(last, Epoch(1));
            Assert.NotEqual(last, Epoch(0));
        }
    }

    [Theory]
    [InlineData(EmbeddingKind.LayerNorm, "layer-norm", 32)]
    [InlineData(EmbeddingKind.Sum, "sum", 32)]
    [InlineData(EmbeddingKind.TokenNorms, "token-norms", 40)]
    public void EmbeddingsAreOfTheKindThatWasAskedForAndSaySo(EmbeddingKind kind, string name, int size)
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")) with { Embedding = kind });
        Assert.Equal(kind, RunSummary.Of(new RunFolder(temporary.File("run"))).Embedding);
        using var record = JsonDocument.Parse(File.ReadAllText(temporary.File("run", "run.json")));
        Assert.Equal(name, record.RootElement.GetProperty("settings").GetProperty("embedding").GetString());
        using var dev = File.OpenRead(temporary.File("run", "predictions", "dev.jsonl"));
        Assert.Equal(size, RecordedExits.Read(dev, "dev", "dev").EmbeddingSize);
        var saved = Checkpoint.Load(temporary.File("run", "model"));
        using var file = SafetensorsFile.Open(temporary.File("run", "embeddings", "train.safetensors"));
        var actual = file.Read("embeddings");
        var data = TinyTask.Data().Train;
        Assert.Equal([200, size], actual.Shape);
        Assert.Equal(name, file.Metadata["embedding"]);
        Assert.Equal(data.Samples.Select(sample => sample.Guid), File.ReadAllLines(temporary.File("run", "embeddings", "train.guids")));

        float[] Weight(string name) => saved.Weights["embeddings." + name].Values;
        var (words, positions, types) = (
            Weight("word_embeddings.weight"), Weight("position_embeddings.weight"), Weight("token_type_embeddings.weight"));
        var (weight, bias) = (Weight("LayerNorm.weight"), Weight("LayerNorm.bias"));
        for (var sample = 0; sample < data.Samples.Count; sample++)
        {
            var ids = TinyTask.Tokenizer(saved, 40)(data.Samples[sample]).Ids;
            var expected = new double[size];
            for (var token = 0; token < ids.Length; token++)
            {
                var sum = Enumerable.Range(0, 32)
                    .Select(i => (double)words[(ids[token] * 32) + i] + positions[(token * 32) + i] + types[i])
                    .ToArray();
                var centre = sum.Average();
                var scale = Math.Sqrt(sum.Average(value => (value - centre) * (value - centre)) + 1e-12);
                var output = sum.Select((value, i) => ((value - centre) / scale * weight[i]) + bias[i]).ToArray();
                if (kind == EmbeddingKind.TokenNorms)
                    expected[token] = Math.Sqrt(output.Sum(value => value * value));
                else
                    expected = [.. expected.Zip(kind == EmbeddingKind.Sum ? sum : output, (mean, value) => mean + (value / ids.Length))];
            }

            for (var i = 0; i < size; i++)
                Assert.Equal(expected[i], actual.Values[(sample * size) + i], 1e-5);
        }
    }

    [Fact]
    public void LayersBehindTheLastExitAreDropped()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")) with
        {
            Exits = [1],
            Head = ExitHeadConfig.LinearHead,
            Pooling = ExitHeadConfig.ClsPooling,
        });
        var saved = Checkpoint.Load(temporary.File("run", "model"));
        Assert.Equal(1, saved.Config.Layers);
        Assert.DoesNotContain(saved.Weights.Keys, name => name.StartsWith("encoder.layer.1.", StringComparison.Ordinal));
        Assert.DoesNotContain(saved.Weights.Keys, name => name.StartsWith("exits.1.dense", StringComparison.Ordinal));
    }

    [Fact]
    public void PairsTrainWithTheirTokenTypes()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")), TinyTask.Data(pairs: true));
        var before = TinyTask.Checkpoint().Weights["embeddings.token_type_embeddings.weight"].Values;
        var saved = Checkpoint.Load(temporary.File("run", "model"));
        Assert.True(saved.Exits!.HasPair);
        Assert.NotEqual(before[32..], saved.Weights["embeddings.token_type_embeddings.weight"].Values[32..]);
    }

    [Fact]
    public void ARateThatIsFarTooHighStopsWithASentence()
    {
        using var temporary = new TemporaryFolder();
        var exception = Assert.Throws<JobException>(() => TinyTask.Run(
            TinyTask.Arguments(temporary.File("run")) with { LearningRate = 1, WarmUp = 0, Epochs = 10 }, TinyTask.Data(train: 400)));
        Assert.Matches(
            @"^Training diverged at step \d+ of 250 \(the mean loss of the latest steps rose to [\d.]+, where guessing gives 0\.69\): "
            + @"lower LearningRate from 1, to 0\.1 say, and start again with a new Out\.$",
            exception.Message);
        Assert.False(Directory.Exists(temporary.File("run", "model")));
    }

    [Fact]
    public void ALossThatIsNoNumberStopsWithASentenceAndLeavesTheWeightsAlone()
    {
        using var temporary = new TemporaryFolder();
        // Finite weights whose products are not.
        var checkpoint = TinyTask.Checkpoint();
        checkpoint.Weights["encoder.layer.0.intermediate.dense.weight"].Values.AsSpan().Fill(1e38f);
        checkpoint.Weights["encoder.layer.0.output.dense.weight"].Values.AsSpan().Fill(1e38f);
        var exception = Assert.Throws<JobException>(() => TinyTask.Run(TinyTask.Arguments(temporary.File("run")), checkpoint: checkpoint));
        Assert.StartsWith(
            "Training diverged at step 1 of 26 (loss NaN, gradient norm NaN), before any weight had changed: "
            + "it is the weights that it began from; give another checkpoint",
            exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoNativeMemoryIsLeftBehindByAStep()
    {
        using var temporary = new TemporaryFolder();
        var counts = new List<long>();
        TinyTask.Run(
            TinyTask.Arguments(temporary.File("run")), progress: new StepWatch(_ => counts.Add(TorchSharp.torch.Tensor.TotalCount)));
        Assert.Single(counts.Distinct());
    }

    [Fact]
    public void BalancedWeightsGiveEveryClassTheSameSay()
    {
        var data = TinyTask.Data(train: 101).Train;
        var weights = JointLoss.BalancedWeights(data);
        var totals = weights.Select((weight, label) => weight * data.Samples.Count(sample => sample.Label == label)).ToArray();
        Assert.All(totals, total => Assert.Equal(50.5, total, 1e-3));
    }
}
