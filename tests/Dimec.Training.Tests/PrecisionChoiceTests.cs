using System.Text.Json.Nodes;
using Dimec.Training.Native;
using Dimec.Training.Precisions;

namespace Dimec.Training.Tests;

/// <summary><c>--precision auto</c>: what is measured, what is taken, and what becomes of it in a run that is resumed.</summary>
public sealed class PrecisionChoiceTests
{
    [Theory]
    [InlineData(1.834, Precision.Bf16, "Precision auto: bf16 is 1.83 × as fast as fp32 here; taking bf16.")]
    [InlineData(1.1, Precision.Bf16, "Precision auto: bf16 is 1.10 × as fast as fp32 here; taking bf16.")]
    [InlineData(1.0951, Precision.Bf16, "Precision auto: bf16 is 1.10 × as fast as fp32 here; taking bf16.")]
    [InlineData(1.0949, Precision.Fp32, "Precision auto: bf16 is 1.09 × as fast as fp32 here, where 1.10 × is asked for; taking fp32.")]
    [InlineData(1, Precision.Fp32, "Precision auto: bf16 is 1.00 × as fast as fp32 here, where 1.10 × is asked for; taking fp32.")]
    [InlineData(0.52, Precision.Fp32, "Precision auto: bf16 is 0.52 × as fast as fp32 here, where 1.10 × is asked for; taking fp32.")]
    public void Bf16IsTakenWhereItIsFasterByTheMargin(double speed, Precision taken, string sentence)
    {
        var choice = PrecisionChoice.Of(hasBf16: true, () => speed);
        Assert.Equal((taken, sentence), (choice.Taken, choice.Sentence));
        Assert.Equal(speed, choice.Bf16Speed!.Value, 0.005);
    }

    [Fact]
    public void WithoutBf16NothingIsMeasured()
    {
        var choice = PrecisionChoice.Of(hasBf16: false, () => throw new InvalidOperationException("measured"));
        Assert.Equal((Precision.Fp32, null), (choice.Taken, choice.Bf16Speed));
        Assert.Equal("Precision auto: this processor has neither AVX512_BF16 nor AMX_BF16; taking fp32.", choice.Sentence);
    }

    /// <summary>Steps of a fake machine, where a sample takes so long in either precision.</summary>
    [Theory]
    [InlineData(4.8, 9.6, 32, 0.5, 12)]
    [InlineData(4.8, 2.4, 32, 2, 12)]
    [InlineData(1, 1, 32, 1, 32)]
    [InlineData(200, 400, 32, 0.5, 1)]
    [InlineData(1e-6, 1e-6, 32, 1, 32)]
    public void AboutASecondIsMeasuredWithAsMuchOfABatchAsFits(double fp32, double bf16, int batch, double expected, int samples)
    {
        var time = new SteppedTime();
        var (calls, most) = (0, 0);
        var speed = PrecisionMeter.Bf16Speed(
            (precision, count) =>
            {
                calls++;
                most = Math.Max(most, count);
                // Where nothing takes any time, the test would never end: a step has overheads.
                time.Advance(TimeSpan.FromMilliseconds((precision == Precision.Fp32 ? fp32 : bf16) * count) + TimeSpan.FromMicroseconds(1));
            },
            batch, time, TestContext.Current.CancellationToken);

        Assert.Equal(expected, speed, 0.01 * expected);
        Assert.Equal(samples, most);
        // A slow machine is measured longer, three times each.
        Assert.InRange(TimeSpan.FromTicks(time.GetTimestamp()).TotalSeconds, 1, Math.Max(1.3, 0.001 * 5 * (fp32 + bf16)));
    }

    [Fact]
    public void WhatDisturbsAStepDoesNotCount()
    {
        var time = new SteppedTime();
        var step = 0;
        var speed = PrecisionMeter.Bf16Speed(
            (precision, _) => time.Advance(TimeSpan.FromMilliseconds((precision == Precision.Fp32 ? 20 : 10) * (++step % 3 == 0 ? 7 : 1))),
            1, time, TestContext.Current.CancellationToken);
        Assert.Equal(2, speed);
    }

    /// <summary>libtorch emulates bf16 where the processor has none, so the measurement itself runs anywhere.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void TheRealMeasurementMakesStepsOfTheEncodersOwnLayer(double dropout)
    {
        var checkpoint = TinyTask.Checkpoint();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var speed = PrecisionChooser.Measure(
            TinyTask.Arguments("run") with { Dropout = dropout }, TinyTask.Data(), checkpoint, TinyTask.Tokenizer(checkpoint, 40),
            TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.InRange(speed, 0.01, 100);
        Assert.InRange(watch.Elapsed.TotalSeconds, 1, 60);
    }

    [Fact]
    public void ARunRecordsWhatWasAskedForAndWhatItCameTo()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("named")));
        Assert.Equal(("fp32", """{"asked":"fp32"}"""), Recorded(temporary.File("named")));

        TinyTask.Run(TinyTask.Arguments(temporary.File("auto")) with
        {
            Precision = Precision.Auto,
            PrecisionChoice = new PrecisionChoice(Precision.Fp32, 0.52, isKept: false),
        });
        Assert.Equal(("fp32", """{"asked":"auto","bf16Speed":0.52}"""), Recorded(temporary.File("auto")));
        Assert.Equal(
            File.ReadAllBytes(temporary.File("named", "model", "model.safetensors")),
            File.ReadAllBytes(temporary.File("auto", "model", "model.safetensors")));
    }

    [Fact]
    public void WithoutAChoiceTheTrainerMakesItsOwn()
    {
        using var temporary = new TemporaryFolder();
        TinyTask.Run(TinyTask.Arguments(temporary.File("run")) with { Precision = Precision.Auto });
        var (taken, asked) = Recorded(temporary.File("run"));
        Assert.True(taken == "fp32" || (taken == "bf16" && Processor.HasBf16), taken);
        Assert.Equal(Processor.HasBf16, asked.Contains("bf16Speed", StringComparison.Ordinal));
    }

    /// <summary>It measures nothing again: on this machine the opposite may come out.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AResumedRunGoesOnInWhatItWasBegunWith(bool isFinished)
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run")) with { Precision = Precision.Auto };
        var begun = arguments with { PrecisionChoice = new PrecisionChoice(Precision.Fp32, 0.52, isKept: false) };
        if (isFinished)
            TinyTask.Run(begun);
        else
            Stop(begun);
        var before = Recorded(temporary.File("run"));

        var kept = Choose(arguments);
        Assert.Equal((Precision.Fp32, 0.52, true), (kept.Taken, kept.Bf16Speed, kept.IsKept));
        Assert.Equal("Precision auto: what was begun in fp32 goes on in it.", kept.Sentence);
        TinyTask.Run(arguments);
        Assert.Equal(before, Recorded(temporary.File("run")));

        // The word that it came to is the same run; the other is not.
        TinyTask.Run(arguments with { Precision = Precision.Fp32 });
        var other = Assert.Throws<InputException>(() =>
            TinyTask.Run(arguments with { PrecisionChoice = new PrecisionChoice(Precision.Bf16, 2, isKept: false) }));
        Assert.Contains(
            "settings.precision: was \"fp32\" when this run began and is \"bf16\" now", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunOfBeforeThereWasAChoiceGoesOnInFp32()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run"));
        Stop(arguments);
        Edit(temporary.File("run"), root =>
        {
            root["settings"]!.AsObject().Remove("precision");
            root.Remove("precision");
        });

        Assert.Equal((Precision.Fp32, null, true), (Choose(arguments).Taken, Choose(arguments).Bf16Speed, Choose(arguments).IsKept));
        TinyTask.Run(arguments with { Precision = Precision.Auto });
    }

    [Fact]
    public void ARecordThatIsBrokenThereIsRefused()
    {
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run")) with { Precision = Precision.Auto };
        Stop(arguments);
        foreach (var broken in new JsonNode[] { 3, new JsonObject { ["bf16Speed"] = "fast" } })
        {
            Edit(temporary.File("run"), root => root["precision"] = broken);
            Assert.Contains(
                "is not the record of a training run", Assert.Throws<InputException>(() => TinyTask.Run(arguments)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ARunBegunInBf16IsNotResumedWhereThereIsNone()
    {
        var errors = new InputErrors();
        PrecisionChooser.CheckProcessor(Precision.Bf16, hasBf16: true, errors);
        PrecisionChooser.CheckProcessor(Precision.Fp32, hasBf16: false, errors);
        errors.ThrowIfAny();
        PrecisionChooser.CheckProcessor(Precision.Bf16, hasBf16: false, errors);
        Assert.Equal(
            "Precision auto: goes on in bf16, in which this run or its study was begun, and this processor has "
            + "neither AVX512_BF16 nor AMX_BF16; resume it on a machine that has one of them, or use another Out.",
            Assert.Throws<InputException>(errors.ThrowIfAny).Message);
    }

    [Fact]
    public void ThatIsSaidBeforeAnythingIsTrainedAndNotOfARunThatIsFinished()
    {
        Assert.SkipWhen(Processor.HasBf16, "this processor has bf16");
        using var temporary = new TemporaryFolder();
        var arguments = TinyTask.Arguments(temporary.File("run")) with { Precision = Precision.Auto };
        var bf16 = arguments with { PrecisionChoice = new PrecisionChoice(Precision.Bf16, 1.8, isKept: true) };
        Assert.StartsWith(
            "Precision auto: goes on in bf16", Assert.Throws<InputException>(() => TinyTask.Run(bf16)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(temporary.File("run", "run.json")));

        Stop(arguments);
        Edit(temporary.File("run"), root => root["settings"]!["precision"] = "bf16");
        Assert.StartsWith(
            "Precision auto: goes on in bf16", Assert.Throws<InputException>(() => TinyTask.Run(arguments)).Message,
            StringComparison.Ordinal);

        TinyTask.Run(arguments with { Out = temporary.File("whole") });
        Edit(temporary.File("whole"), root => root["settings"]!["precision"] = "bf16");
        Assert.True(TinyTask.Run(arguments with { Out = temporary.File("whole") }).WasFinished);
    }

    private static PrecisionChoice Choose(TrainingArguments arguments)
    {
        var checkpoint = TinyTask.Checkpoint();
        return PrecisionChooser.Choose(
            arguments, TinyTask.Data(), checkpoint, TinyTask.Tokenizer(checkpoint, 40), TimeProvider.System,
            TestContext.Current.CancellationToken);
    }

    private static void Stop(TrainingArguments arguments)
    {
        using var stop = new CancellationTokenSource();
        var watch = new StepWatch(step => (step == 5 ? stop : null)?.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => TinyTask.Run(arguments, progress: watch, cancellationToken: stop.Token));
    }

    private static (string Taken, string Asked) Recorded(string folder)
    {
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "run.json")))!;
        return ((string)root["settings"]!["precision"]!, root["precision"]!.ToJsonString());
    }

    private static void Edit(string folder, Action<JsonObject> change)
    {
        var path = Path.Combine(folder, "run.json");
        var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(root);
        File.WriteAllText(path, root.ToJsonString());
    }
}
