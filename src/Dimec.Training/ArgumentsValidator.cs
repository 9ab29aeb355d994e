using System.Globalization;
using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Training.Data;
using Dimec.Training.Native;

namespace Dimec.Training;

/// <summary>
/// Checks a training's arguments, alone and against its checkpoint and data as far as these are at hand;
/// everything that is wrong is reported together.
/// </summary>
internal static class ArgumentsValidator
{
    private static readonly TimeSpan s_longestInterval = TimeSpan.FromMinutes(2);

    public static void Validate(TrainingArguments arguments, Checkpoint? checkpoint, TrainingData? data, InputErrors errors)
    {
        CheckExits(arguments.Exits, checkpoint?.Config.Layers, errors);
        foreach (var layer in arguments.States.Except(arguments.Exits))
        {
            errors.Add(
                TrainingOptionNames.States, $"names layer {layer}, which gets no exit",
                $"use layers of {TrainingOptionNames.Exits}: {string.Join(",", arguments.Exits)}");
        }

        CheckNames(arguments, errors);
        CheckNumbers(arguments, errors);
        CheckEarlyExits(arguments, errors);
        CheckPrecision(arguments.Precision, Processor.HasBf16, errors);
        CheckLength(arguments, checkpoint?.Config, data, errors);
        if (checkpoint is { Tokenizer: null })
        {
            errors.Add(
                TrainingOptionNames.Backbone, "has neither tokenizer.json nor vocab.txt",
                "put the tokenizer file that belongs to the weights beside them");
        }

        if (data is not null)
            CheckData(data, errors);
    }

    private static void CheckExits(IReadOnlyList<int> exits, int? layers, InputErrors errors)
    {
        var where = TrainingOptionNames.Exits;
        if (exits.Count == 0)
        {
            errors.Add(
                where, "names no layer",
                layers is null ? "name ascending layers from 1, e.g. 2,4,6" : $"name ascending layers from 1 to {layers}, e.g. {layers}");
        }

        foreach (var exit in exits.Where(exit => exit < 1 || exit > layers))
        {
            errors.Add(
                where,
                layers is null
                    ? $"names layer {exit}"
                    : $"names layer {exit}, which the backbone with {layers} layer{(layers == 1 ? "" : "s")} does not have",
                layers is null ? "use layers from 1" : layers == 1 ? "use layer 1" : $"use layers from 1 to {layers}");
        }

        for (var i = 1; i < exits.Count; i++)
        {
            if (exits[i] <= exits[i - 1])
            {
                errors.Add(
                    where,
                    exits[i] == exits[i - 1] ? $"names layer {exits[i]} twice" : $"has layer {exits[i]} after {exits[i - 1]}",
                    $"list each layer once and in ascending order: {string.Join(",", exits.Distinct().Order())}");
            }
        }
    }

    private static void CheckNames(TrainingArguments arguments, InputErrors errors)
    {
        if (string.IsNullOrWhiteSpace(arguments.Out))
            errors.Add(TrainingOptionNames.Out, "is empty", "name the folder that the run is written to");
        if (arguments.Head is not (ExitHeadConfig.PoolerHead or ExitHeadConfig.LinearHead))
        {
            errors.Add(
                TrainingOptionNames.Head, $"is \"{arguments.Head}\"", $"use {ExitHeadConfig.PoolerHead} or {ExitHeadConfig.LinearHead}");
        }

        if (!Enum.IsDefined(arguments.Embedding))
        {
            errors.Add(
                TrainingOptionNames.Embedding, $"is {arguments.Embedding}",
                $"use one of {string.Join(", ", ChoiceNames.All<EmbeddingKind>())}");
        }

        if (!Enum.IsDefined(arguments.ExitsTraining))
        {
            errors.Add(
                TrainingOptionNames.ExitsTraining, $"is {arguments.ExitsTraining}",
                $"use one of {string.Join(", ", ChoiceNames.All<ExitsTraining>())}");
        }

        if (arguments.Pooling is not (null or ExitHeadConfig.ClsPooling or ExitHeadConfig.MeanPooling))
        {
            errors.Add(
                TrainingOptionNames.Pooling, $"is \"{arguments.Pooling}\"",
                $"use {ExitHeadConfig.ClsPooling} or {ExitHeadConfig.MeanPooling}");
        }
    }

    private static void CheckNumbers(TrainingArguments arguments, InputErrors errors)
    {
        Require(TrainingOptionNames.Epochs, arguments.Epochs, arguments.Epochs >= 1, "at least 1");
        Require(TrainingOptionNames.BatchSize, arguments.BatchSize, arguments.BatchSize >= 1, "at least 1");
        Require(
            TrainingOptionNames.LearningRate, arguments.LearningRate, arguments.LearningRate is null or (> 0 and <= 1),
            "over 0 and at most 1, e.g. 5e-5");
        Require(TrainingOptionNames.WarmUp, arguments.WarmUp, arguments.WarmUp is >= 0 and < 1, "at least 0 and below 1, e.g. 0.1");
        Require(
            TrainingOptionNames.WeightDecay, arguments.WeightDecay, arguments.WeightDecay is >= 0 and < 1,
            "at least 0 and below 1, e.g. 0.01");
        Require(
            TrainingOptionNames.ClipNorm, arguments.ClipNorm, arguments.ClipNorm > 0 && double.IsFinite(arguments.ClipNorm),
            "over 0, e.g. 1");
        Require(
            TrainingOptionNames.Dropout, arguments.Dropout, arguments.Dropout is null or (>= 0 and < 1),
            "at least 0 and below 1, e.g. 0.1");
        Require(TrainingOptionNames.Distill, arguments.Distill, arguments.Distill is >= 0 and <= 100, "0 to 100, e.g. 1");
        Require(
            TrainingOptionNames.DistillTemperature, arguments.DistillTemperature, arguments.DistillTemperature is null or (> 0 and <= 100),
            "over 0 and at most 100, e.g. 2");
        Require(TrainingOptionNames.Threads, arguments.Threads, arguments.Threads is null or >= 1, "at least 1");
        Require("checkpoint interval", arguments.ResumeInterval,
            arguments.ResumeInterval > TimeSpan.Zero && arguments.ResumeInterval <= s_longestInterval, "over 0 and at most two minutes");

        void Require(string where, IFormattable? value, bool holds, string range)
        {
            if (!holds)
                errors.Add(where, $"is {value!.ToString(null, CultureInfo.InvariantCulture)}", $"use a value that is {range}");
        }
    }

    private static void CheckEarlyExits(TrainingArguments arguments, InputErrors errors)
    {
        if (arguments.Distill > 0 && arguments.Exits.Count == 1)
        {
            errors.Add(
                TrainingOptionNames.Distill,
                $"has no exit to teach, since {TrainingOptionNames.Exits} names layer {arguments.Exits[0]} only",
                "name exits below the last, or leave it out");
        }

        if (arguments.ExitsTraining is ExitsTraining.Frozen or ExitsTraining.Alternating && arguments.Exits.Count == 1)
        {
            errors.Add(
                $"{TrainingOptionNames.ExitsTraining} {ChoiceNames.Of(arguments.ExitsTraining)}",
                $"has no exit to train {(arguments.ExitsTraining == ExitsTraining.Frozen ? "after" : "in turn with")} the rest, "
                + $"since {TrainingOptionNames.Exits} names layer {arguments.Exits[0]} only",
                "name exits below the last, or leave it out");
        }

        if (arguments.Distill == 0 && arguments.DistillTemperature is not null)
        {
            errors.Add(
                TrainingOptionNames.DistillTemperature, $"changes nothing without {TrainingOptionNames.Distill}",
                $"give {TrainingOptionNames.Distill} a weight over 0, e.g. 1, or leave it out");
        }
    }

    /// <summary>Checks the precision against the processor.</summary>
    public static void CheckPrecision(Precision precision, bool hasBf16, InputErrors errors)
    {
        if (!Enum.IsDefined(precision))
            errors.Add(TrainingOptionNames.Precision, $"is {precision}", $"use one of {string.Join(", ", ChoiceNames.All<Precision>())}");
        if (precision == Precision.Bf16 && !hasBf16)
        {
            errors.Add(
                $"{TrainingOptionNames.Precision} bf16",
                "needs AVX512_BF16 or AMX_BF16, which this processor has not: it would be slower than fp32",
                "use fp32, or another machine");
        }
    }

    private static void CheckLength(TrainingArguments arguments, EncoderConfig? config, TrainingData? data, InputErrors errors)
    {
        // [CLS], one token and [SEP]; a pair has a second token and [SEP].
        var least = data is { HasPair: true } ? 5 : 3;
        if (arguments.MaxLength is { } length && (length < least || length > config?.MaxPositions))
        {
            errors.Add(
                TrainingOptionNames.MaxLength, $"is {length}",
                config is null ? $"use {least} or more" : $"use {least} to {config.MaxPositions}, the positions that the backbone has");
        }

        if (data is { HasPair: true } && config is { TypeVocabularySize: 1 })
        {
            errors.Add(
                TrainingOptionNames.Backbone, "has one token type only and the data are pairs of texts",
                "use a backbone with type_vocab_size 2");
        }
    }

    private static void CheckData(TrainingData data, InputErrors errors)
    {
        if (data.Labels.Count < 2)
            errors.Add(TrainingOptionNames.Data, $"has {data.Labels.Count} label(s)", "give data with at least two classes");
        if (data.Train.Samples.Count == 0)
            errors.Add(TrainingOptionNames.Data, "has no training sample", "give more data");
        if (data.Train.Samples.FirstOrDefault(sample => sample.Label < 0) is { } unlabelled)
            errors.Add(TrainingOptionNames.Data, $"has no label for the training sample {unlabelled.Guid}", "label every training sample");
        if (data.Train.Samples.FirstOrDefault(sample => sample.Guid.AsSpan().ContainsAny('\n', '\r')) is { } broken)
        {
            errors.Add(
                TrainingOptionNames.Data, $"has a line break in the guid \"{broken.Guid.ReplaceLineEndings("\\n")}\"",
                "use guids without line breaks");
        }
    }
}
