using Dimec.Checkpoints;
using Dimec.Predictions;

namespace Dimec.Training;

/// <summary>
/// How to train. Checked against the checkpoint and the data by <see cref="Trainer.Train"/>, all errors together,
/// before anything is written.
/// </summary>
public sealed record TrainingArguments
{
    /// <summary>
    /// The run's folder. New, empty, or that of an earlier run with the same arguments, which is then resumed.
    /// </summary>
    public required string Out { get; init; }

    /// <summary>
    /// Layers that get an exit, from 1, ascending; layers above the last are dropped. Default for six layers: 2, 4, 6.
    /// </summary>
    public required IReadOnlyList<int> Exits { get; init; }

    /// <summary>What the checkpoint was called, for the record and for errors.</summary>
    public string Backbone { get; init; } = "checkpoint";

    /// <summary><see cref="ExitHeadConfig.PoolerHead"/> (default) or <see cref="ExitHeadConfig.LinearHead"/>.</summary>
    public string Head { get; init; } = ExitHeadConfig.PoolerHead;

    /// <summary>
    /// <see cref="ExitHeadConfig.ClsPooling"/> or <see cref="ExitHeadConfig.MeanPooling"/>.
    /// Default: <see cref="Checkpoint.TrainedPooling"/>, or cls where that is unknown.
    /// </summary>
    public string? Pooling { get; init; }

    /// <summary>
    /// What e(x) is made of, by which samples are routed. It changes what is recorded, not the weights.
    /// Default: <see cref="EmbeddingKind.LayerNorm"/>.
    /// </summary>
    public EmbeddingKind Embedding { get; init; }

    /// <summary>
    /// Passes over the training part, ≥ 1; as many again for the early heads of
    /// <see cref="ExitsTraining.Frozen"/>. Default 4.
    /// </summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Samples a step, ≥ 1. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// The peak, over 0 and at most 1. Default:
    /// 1.5e-4 for an encoder narrower than 768, however it is pooled (<c>docs/study.md</c> has figures of both), otherwise 2e-5.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>
    /// Share of all steps over which the learning rate rises from 0, 0 ≤ w &lt; 1.
    /// Default 0.1; it then falls linearly to 0.
    /// </summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>AdamW's, on matrices only (not on biases and LayerNorms), 0 ≤ d &lt; 1. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The gradient's largest global L2 norm, over 0. Default 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>
    /// The longest input in tokens, special ones included.
    /// Default 128, or the checkpoint's positions where those are fewer.
    /// </summary>
    public int? MaxLength { get; init; }

    /// <summary>What <see cref="MaxLength"/> is where it is not named.</summary>
    /// <param name="config">The checkpoint's shape.</param>
    public static int DefaultMaxLength(EncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Math.Min(128, config.MaxPositions);
    }

    /// <summary>
    /// One probability, 0 ≤ p &lt; 1, for hidden states, attention and heads.
    /// Default: those of the checkpoint's <c>config.json</c>.
    /// </summary>
    public double? Dropout { get; init; }

    /// <summary>
    /// Weighs each class by N / (classes · its count) in the loss, against imbalance. Default off.
    /// </summary>
    public bool ClassWeights { get; init; }

    /// <summary>
    /// W, 0 to 100, of the distillation from the last exit L into each exit i below it,
    /// which adds i / Σ i · W · T² · KL(softmax(z_L / T) ‖ softmax(z_i / T)) to the joint loss, without a gradient to L. Default 0: none.
    /// </summary>
    public double Distill { get; init; }

    /// <summary>
    /// T, over 0 and at most 100, that both sides' logits are divided by.
    /// Default 2; only together with <see cref="Distill"/>.
    /// </summary>
    public double? DistillTemperature { get; init; }

    /// <summary>How the exits below the last are trained. Default: <see cref="ExitsTraining.Joint"/>.</summary>
    public ExitsTraining ExitsTraining { get; init; }

    /// <summary>
    /// In what the encoder's matrices are multiplied in training.
    /// <see cref="Precision.Bf16"/> needs a processor with AVX512_BF16 or AMX_BF16. Default: <see cref="Precision.Fp32"/>.
    /// </summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// What <see cref="Precision.Auto"/> is to come to, where that is known already, e.g. for several runs that are to be alike.
    /// Default: <see cref="Trainer.ChoosePrecision"/>.
    /// </summary>
    public PrecisionChoice? PrecisionChoice { get; init; }

    /// <summary>
    /// At the end of each epoch, records the exits' logits for the selection samples as well,
    /// for plans whose search routes them by membership. It changes no weights. Default off.
    /// </summary>
    public bool SelectionDynamics { get; init; }

    /// <summary>
    /// Exits, by their layers, whose pooled states (what their heads read) are recorded with the predictions,
    /// those of the training samples included, for the policy <c>dimee</c>. It changes no weights, and may be asked of a run
    /// that is finished. Default: none.
    /// </summary>
    public IReadOnlyList<int> States { get; init; } = [];

    /// <summary>
    /// Decides new weights, order and dropout; any number. Default 0. The same seed and thread count give the same weights.
    /// </summary>
    public long Seed { get; init; }

    /// <summary>Libtorch's threads, ≥ 1. Default: those of the run that is resumed, otherwise one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Further texts for <c>run.json</c>, e.g. the call's own options; not compared when a run is resumed. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>Time between checkpoints inside an epoch, over 0 and at most two minutes. Default one minute.</summary>
    public TimeSpan ResumeInterval { get; init; } = TimeSpan.FromMinutes(1);
}
