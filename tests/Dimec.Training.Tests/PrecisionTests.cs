using System.Text.Json;
using Dimec.Training.Model;
using Dimec.Training.Native;
using Dimec.Training.Optimization;

namespace Dimec.Training.Tests;

public sealed class PrecisionTests
{
    /// <summary>
    /// Leaf 7: subleaf 0 says in EAX which subleaves there are and in EDX bit 22 AMX_BF16; subleaf 1 says in EAX bit 5 AVX512_BF16.
    /// </summary>
    [Theory]
    [InlineData(0, 0, 0, false)]
    [InlineData(1, 0, 0, false)]
    [InlineData(1, 0, 1 << 5, true)]
    [InlineData(0, 0, 1 << 5, false)]
    [InlineData(1, 1 << 22, 0, true)]
    public void TheProcessorSaysWhetherItHasBf16(int subleaves, int flags, int first, bool expected) =>
        Assert.Equal(
            expected,
            Processor.Reports((leaf, subleaf) => leaf != 7 ? default : subleaf == 0 ? (subleaves, 0, 0, flags) : (first, 0, 0, 0)));

    [Fact]
    public void WithoutItTheOptionIsRefused()
    {
        var errors = new InputErrors();
        ArgumentsValidator.CheckPrecision(Precision.Bf16, hasBf16: true, errors);
        ArgumentsValidator.CheckPrecision(Precision.Fp32, hasBf16: false, errors);
        errors.ThrowIfAny();
        ArgumentsValidator.CheckPrecision(Precision.Bf16, hasBf16: false, errors);
        Assert.Equal(
            "Precision bf16: needs AVX512_BF16 or AMX_BF16, which this processor has not: "
            + "it would be slower than fp32; use fp32, or another machine.",
            Assert.Throws<InputException>(errors.ThrowIfAny).Message);
    }

    /// <summary>libtorch emulates bf16 where the processor has none, so this holds anywhere.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void AStepIsThatOfFp32ButForRounding(double dropout)
    {
        var (exact, rounded) = (Step(Precision.Fp32, dropout), Step(Precision.Bf16, dropout));
        Assert.NotEqual(exact.Loss, rounded.Loss);
        Assert.Equal(exact.Loss, rounded.Loss, 0.01 * exact.Loss);
        Assert.Equal(exact.GradientNorm, rounded.GradientNorm, 0.03 * exact.GradientNorm);
        for (var exit = 0; exit < 2; exit++)
            Assert.All(exact.Logits[exit].Zip(rounded.Logits[exit]), pair => Assert.Equal(pair.First, pair.Second, 0.02f));
    }

    [Fact]
    public void ItLearnsAsWellAndResumesExactly()
    {
        Assert.SkipUnless(Processor.HasBf16, "this processor has no bf16");
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("whole")) with { Epochs = 4, Precision = Precision.Bf16 };
        var result = TinyTask.Run(arguments, TinyTask.Data(train: 400, heldOut: 60));
        Assert.InRange(result.Accuracy["dev"][2], 0.8, 1);
        using var record = JsonDocument.Parse(File.ReadAllText(temporary.File("whole", "run.json")));
        Assert.Equal("bf16", record.RootElement.GetProperty("settings").GetProperty("precision").GetString());

        using var stop = new CancellationTokenSource();
        var watch = new StepWatch(step => (step == 37 ? stop : null)?.Cancel());
        var broken = arguments with { Out = temporary.File("broken") };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            TinyTask.Run(broken, TinyTask.Data(train: 400, heldOut: 60), progress: watch, cancellationToken: stop.Token));
        TinyTask.Run(broken, TinyTask.Data(train: 400, heldOut: 60));
        Assert.Equal(
            File.ReadAllBytes(temporary.File("whole", "model", "model.safetensors")),
            File.ReadAllBytes(temporary.File("broken", "model", "model.safetensors")));
    }

    private static StepResult Step(Precision precision, double dropout)
    {
        var shape = TinyTask.Shape() with
        {
            HeadDropout = dropout,
            Encoder = TinyTask.Config with { HiddenDropout = dropout, AttentionDropout = dropout },
        };
        using var parameters = new Parameters(new ParameterLayout(shape));
        Initialization.Heads(parameters, shape, seed: 1);
        parameters.CopyFrom(TinyTask.Checkpoint().Weights);
        using var optimizer = new AdamW(parameters, new AdamWOptions(0.01), new LearningRateSchedule(1e-3, 0, 1), parameters.Layout.All);
        var step = new TrainingStep(
            new WholeForward(new MultiExitEncoder(parameters, shape, precision)), new JointLoss([1, 2], null, null), optimizer,
            new Dropout(1), 1);
        var tokenize = TinyTask.Tokenizer(TinyTask.Checkpoint(), 40);
        var samples = TinyTask.Data().Train.Samples.Take(16).ToArray();
        return step.Run(Golden.Batch([.. samples.Select(tokenize)], [.. samples.Select(sample => sample.Label)]), 0);
    }
}
