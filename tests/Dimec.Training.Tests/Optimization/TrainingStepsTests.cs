using System.Text.Json;
using Dimec.Checkpoints;
using Dimec.Checkpoints.Safetensors;
using Dimec.Text;
using Dimec.Training.Model;
using Dimec.Training.Optimization;

namespace Dimec.Training.Tests.Optimization;

public sealed class TrainingStepsTests
{
    [Fact]
    public void TwelveStepsAreThoseOfPyTorch()
    {
        var lines = File.ReadAllLines(Repository.RequireShared("golden", "encoder", "training_steps.jsonl"));
        var folder = Repository.RequireShared("models", "all-MiniLM-L6-v2");
        var checkpoint = Checkpoint.Load(folder);
        var tokenizer = WordPieceTokenizer.FromFolder(folder);
        var shape = Golden.Shape(checkpoint.Config, [2, 4, 6]);
        using var parameters = new Parameters(new ParameterLayout(shape));
        parameters.CopyFrom(checkpoint.Weights);
        parameters.CopyFrom(InitialHeads());
        var schedule = new LearningRateSchedule(5e-5, 0, lines.Length);
        using var optimizer = new AdamW(parameters, new AdamWOptions(0.01), schedule, parameters.Layout.All);
        var dropout = new Dropout(0);
        var training = new TrainingStep(
            new WholeForward(new MultiExitEncoder(parameters, shape)), new JointLoss([2, 4, 6], null, null), optimizer, dropout, 1);

        var (worstLoss, worstNorm, worstLogit) = (0.0, 0.0, 0.0);
        for (var step = 0; step < lines.Length; step++)
        {
            using var line = JsonDocument.Parse(lines[step]);
            var expected = line.RootElement;
            var labels = expected.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32()).ToArray();
            var encodings = expected
                .GetProperty("sentences")
                .EnumerateArray()
                .Select(text => tokenizer.Encode(text.GetString()!, null, 128))
                .ToArray();
            Assert.Equal(expected.GetProperty("learning_rate").GetDouble(), schedule.At(step), 1e-12);

            var result = training.Run(Golden.Batch(encodings, labels), step);

            worstLoss = Math.Max(worstLoss, Math.Abs(result.Loss - expected.GetProperty("loss").GetDouble()));
            var norm = expected.GetProperty("grad_norm").GetDouble();
            worstNorm = Math.Max(worstNorm, Math.Abs(result.GradientNorm - norm) / norm);
            worstLogit = Math.Max(worstLogit, WorstLogit(expected.GetProperty("logits"), result.Logits));
        }

        TestContext.Current.SendDiagnosticMessage($"loss {worstLoss:E1}, gradient norm {worstNorm:E1} (relative), logits {worstLogit:E1}");
        Assert.InRange(worstLoss, 0, 1e-5);
        Assert.InRange(worstNorm, 0, 1e-4);
        Assert.InRange(worstLogit, 0, 1e-4);
    }

    private static double WorstLogit(JsonElement expected, float[][] actual)
    {
        var worst = 0.0;
        for (var exit = 0; exit < actual.Length; exit++)
        {
            var values = expected[exit]
                .EnumerateArray()
                .SelectMany(row => row.EnumerateArray())
                .Select(value => value.GetDouble())
                .ToArray();
            Assert.Equal(values.Length, actual[exit].Length);
            for (var i = 0; i < values.Length; i++)
                worst = Math.Max(worst, Math.Abs(values[i] - actual[exit][i]));
        }

        return worst;
    }

    private static Dictionary<string, WeightTensor> InitialHeads()
    {
        using var file = SafetensorsFile.Open(Repository.RequireShared("golden", "encoder", "training_heads_initial.safetensors"));
        return file.Entries.Keys.ToDictionary(
            name =>
                name.Replace("head.", "exits.", StringComparison.Ordinal).Replace(".weight", ".classifier.weight", StringComparison.Ordinal)
                    .Replace(".bias", ".classifier.bias", StringComparison.Ordinal),
            file.Read);
    }
}
