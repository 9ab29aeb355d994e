using Dimec.Checkpoints;
using Dimec.Runs.Records;
using Dimec.Training.Data;

namespace Dimec.Training.Records;

/// <summary>What a training puts into its run's record, and takes from that of one that it goes on with.</summary>
internal static class TrainingRecord
{
    /// <summary>The record of a run that begins now.</summary>
    public static RunRecord Begin(
        TrainingSettings settings, TrainingData data, Checkpoint checkpoint, TrainingArguments arguments, int threads) =>
        RunRecord.Begin(new RunBeginning
        {
            Settings = RunRecord.SettingsOf(settings),
            Backbone = arguments.Backbone,
            Checkpoint = checkpoint,
            Task = data.Name,
            Metric = data.Metric,
            Parts = [data.Train, data.Selection, data.Calibration, data.Dev],
            Sources = data.Sources,
            Machine = MachineRecord.Of(threads),
            AskedPrecision = ChoiceNames.Of(arguments.Precision),
            Bf16Speed = arguments.PrecisionChoice?.Bf16Speed,
            Notes = arguments.Notes,
        });

    /// <summary>
    /// What a run that is taken up again goes on in; null where the record does not say, or with a word that is not known.
    /// </summary>
    public static PrecisionChoice? PrecisionOf(RunRecord record) => record.TakenPrecision is { } word
        && ChoiceNames.Find<Precision>(word) is { } taken and not Precision.Auto
        ? new PrecisionChoice(taken, record.Bf16Speed, isKept: true)
        : null;
}
