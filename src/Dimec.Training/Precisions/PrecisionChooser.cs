using Dimec.Checkpoints;
using Dimec.Runs;
using Dimec.Runs.Records;
using Dimec.Text;
using Dimec.Training.Data;
using Dimec.Training.Native;
using Dimec.Training.Records;

namespace Dimec.Training.Precisions;

/// <summary>Decides what <see cref="Precision.Auto"/> comes to for a call.</summary>
internal static class PrecisionChooser
{
    /// <summary>Texts by which the length of a text is known well enough.</summary>
    private const int Texts = 256;

    /// <summary>The run's own precision where it was begun, otherwise what is measured now.</summary>
    public static PrecisionChoice Choose(
        TrainingArguments arguments, TrainingData data, Checkpoint checkpoint, Func<Sample, TokenizedText> encode, TimeProvider time,
        CancellationToken stop)
    {
        var folder = new RunFolder(arguments.Out);
        if (File.Exists(folder.Record) && TrainingRecord.PrecisionOf(RunRecord.Read(folder.Record)) is { } kept)
            return kept;
        return PrecisionChoice.Of(Processor.HasBf16, () => Measure(arguments, data, checkpoint, encode, time, stop));
    }

    /// <summary>How many times as fast as fp32 bf16 trains this encoder on texts like these.</summary>
    public static double Measure(
        TrainingArguments arguments, TrainingData data, Checkpoint checkpoint, Func<Sample, TokenizedText> encode, TimeProvider time,
        CancellationToken stop)
    {
        TorchLibrary.Load();
        TorchSharp.torch.set_num_threads(Trainer.ThreadsOf(arguments));
        var tokens = (int)Math.Ceiling(data.Train.Samples.Take(Texts).Average(sample => encode(sample).Ids.Length));
        using var trial = new PrecisionTrial(TrainingSettings.Of(arguments, checkpoint).Shape(checkpoint.Config, data), tokens);
        return PrecisionMeter.Bf16Speed(trial.Step, arguments.BatchSize, time, stop);
    }

    /// <summary>A run that was begun in bf16 on another machine cannot go on where there is none.</summary>
    public static void CheckProcessor(Precision taken, bool hasBf16, InputErrors errors)
    {
        if (taken == Precision.Bf16 && !hasBf16)
        {
            errors.Add(
                $"{TrainingOptionNames.Precision} auto",
                "goes on in bf16, in which this run or its study was begun, and this processor has neither AVX512_BF16 nor AMX_BF16",
                $"resume it on a machine that has one of them, or use another {TrainingOptionNames.Out}");
        }
    }
}
