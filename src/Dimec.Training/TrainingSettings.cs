using Dimec.Checkpoints;
using Dimec.Predictions;
using Dimec.Training.Data;
using Dimec.Training.Model;
using Dimec.Training.Optimization;

namespace Dimec.Training;

/// <summary>The arguments with every default filled in from the checkpoint and the data.</summary>
internal sealed record TrainingSettings
{
    public required IReadOnlyList<int> Exits { get; init; }

    public required string Head { get; init; }

    public required string Pooling { get; init; }

    public required EmbeddingKind Embedding { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    public required double WarmUp { get; init; }

    public required double WeightDecay { get; init; }

    public required double ClipNorm { get; init; }

    public required int MaxLength { get; init; }

    public required double HiddenDropout { get; init; }

    public required double AttentionDropout { get; init; }

    public required double HeadDropout { get; init; }

    public required bool ClassWeights { get; init; }

    public required double Distill { get; init; }

    public required double DistillTemperature { get; init; }

    public required ExitsTraining ExitsTraining { get; init; }

    /// <summary>That of the call, or what <see cref="Precision.Auto"/> came to.</summary>
    public required Precision Precision { get; init; }

    public required bool SelectionDynamics { get; init; }

    public required long Seed { get; init; }

    public static TrainingSettings Of(TrainingArguments arguments, Checkpoint checkpoint)
    {
        var config = checkpoint.Config;
        var pooling = arguments.Pooling ?? checkpoint.TrainedPooling ?? ExitHeadConfig.ClsPooling;
        return new TrainingSettings
        {
            Exits = arguments.Exits,
            Head = arguments.Head,
            Pooling = pooling,
            Embedding = arguments.Embedding,
            Epochs = arguments.Epochs,
            BatchSize = arguments.BatchSize,
            LearningRate = arguments.LearningRate ?? DefaultLearningRate(config),
            WarmUp = arguments.WarmUp,
            WeightDecay = arguments.WeightDecay,
            ClipNorm = arguments.ClipNorm,
            MaxLength = arguments.MaxLength ?? TrainingArguments.DefaultMaxLength(config),
            HiddenDropout = arguments.Dropout ?? config.HiddenDropout,
            AttentionDropout = arguments.Dropout ?? config.AttentionDropout,
            HeadDropout = arguments.Dropout ?? config.ClassifierDropout ?? config.HiddenDropout,
            ClassWeights = arguments.ClassWeights,
            Distill = arguments.Distill,
            DistillTemperature = arguments.DistillTemperature ?? 2,
            ExitsTraining = arguments.ExitsTraining,
            Precision = arguments.Precision,
            SelectionDynamics = arguments.SelectionDynamics,
            Seed = arguments.Seed,
        };
    }

    /// <summary>Null where nothing is distilled.</summary>
    public Distillation? Distillation() => Distill > 0 ? new Distillation(Distill, DistillTemperature) : null;

    public ModelShape Shape(EncoderConfig config, TrainingData data) => new(
        config with { HiddenDropout = HiddenDropout, AttentionDropout = AttentionDropout },
        new ExitHeadConfig(Exits, Head, Pooling, data.Labels, MaxLength) { HasPair = data.HasPair },
        HeadDropout)
    {
        Embedding = Embedding,
    };

    /// <summary>Epochs of all stages.</summary>
    public int AllEpochs() => ExitsTraining == ExitsTraining.Frozen ? 2 * Epochs : Epochs;

    /// <summary>Steps of all stages.</summary>
    public int AllSteps(int samples) => AllEpochs() * BatchPlan.BatchesOf(samples, BatchSize);

    /// <summary>That of each stage.</summary>
    public LearningRateSchedule Schedule(int samples)
    {
        var steps = Epochs * BatchPlan.BatchesOf(samples, BatchSize);
        return new LearningRateSchedule(LearningRate, (int)Math.Ceiling(WarmUp * steps), steps);
    }

    private static double DefaultLearningRate(EncoderConfig config) => config.HiddenSize >= 768 ? 2e-5 : 1.5e-4;
}
