using Dimec.Cartography;
using Dimec.CommandLine.Serve;
using Dimec.Export;
using Dimec.Export.Targets;
using Dimec.Inference;
using Dimec.Inference.Deployments;
using Dimec.Inference.Measuring;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Policies.Fitting;
using Dimec.Pools;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Maps;
using Dimec.Runs.Ngrams;
using Dimec.Serving;
using Dimec.Text;
using Dimec.Training;

namespace Dimec.Cli.Commands;

/// <summary>
/// The flag of every option that the libraries speak of. The one place where a property meets its flag: a library that says what is wrong
/// with <c>ReaderOptions.Limit</c> is read by the tool's user as speaking of <c>--limit</c>. Those of a tier are with its
/// options (<c>ServeOptions</c>).
/// </summary>
internal static class OptionFlags
{
    /// <summary>The flags, as <see cref="OptionNames.Use"/> takes them.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(ServeCommand.Names)
    {
        [OptionNames.Key(CallArgument.Spec)] = "--data",
        [OptionNames.Key(CallArgument.Folder)] = "--out",
        [OptionNames.Key(CallArgument.Part)] = "--part",
        [OptionNames.Key<EvaluationSettings>(nameof(EvaluationSettings.Halvings))] = "--cross-fit",
        [OptionNames.Key(CallArgument.Policy)] = "--policy",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.Confidence))] = "--confidence",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.MaxDrop))] = "--max-drop",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.MinAccuracy))] = "--min-accuracy",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.MaxCost))] = "--max-cost",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.OverBudgetShare))] = "--over-budget",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.Loss))] = "--loss",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.Bound))] = "--bound",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.Procedure))] = "--procedure",
        [OptionNames.Key<PromiseOptions>(nameof(PromiseOptions.Scope))] = "--scope",
        [OptionNames.Key(CallArgument.Tasks)] = "--tasks",
        [OptionNames.Key(CallArgument.Depths)] = "--depths",
        [OptionNames.Key<MetricsChoice>(nameof(MetricsChoice.Exit))] = "--exit",
        [OptionNames.Key<MapOptions>(nameof(MapOptions.LabelIssues))] = "--suspects",
        [OptionNames.Key(CallArgument.Fraction)] = "--fraction",
        [Reader(nameof(ReaderOptions.TextColumn))] = "--text-column",
        [Reader(nameof(ReaderOptions.PairColumn))] = "--pair-column",
        [Reader(nameof(ReaderOptions.LabelColumn))] = "--label-column",
        [Reader(nameof(ReaderOptions.DropLabel))] = "--drop-label",
        [Reader(nameof(ReaderOptions.NoHeader))] = "--no-header",
        [Reader(nameof(ReaderOptions.Dev))] = "--dev",
        [Reader(nameof(ReaderOptions.Selection))] = "--selection",
        [Reader(nameof(ReaderOptions.Calibration))] = "--calibration",
        [Reader(nameof(ReaderOptions.DevFraction))] = "--dev-fraction",
        [Reader(nameof(ReaderOptions.SelectionFraction))] = "--selection-fraction",
        [Reader(nameof(ReaderOptions.CalibrationFraction))] = "--calibration-fraction",
        [Reader(nameof(ReaderOptions.Limit))] = "--limit",
        [Reader(nameof(ReaderOptions.HeldOutLimit))] = "--held-out-limit",
        [Training(nameof(TrainingArguments.Out))] = "--out",
        [Training(nameof(TrainingArguments.Exits))] = "--exits",
        [Training(nameof(TrainingArguments.Backbone))] = "--backbone",
        [Training(nameof(TrainingArguments.Head))] = "--head",
        [Training(nameof(TrainingArguments.Pooling))] = "--pooling",
        [Training(nameof(TrainingArguments.Embedding))] = "--embedding",
        [Training(nameof(TrainingArguments.Epochs))] = "--epochs",
        [Training(nameof(TrainingArguments.BatchSize))] = "--batch-size",
        [Training(nameof(TrainingArguments.LearningRate))] = "--learning-rate",
        [Training(nameof(TrainingArguments.WarmUp))] = "--warm-up",
        [Training(nameof(TrainingArguments.WeightDecay))] = "--weight-decay",
        [Training(nameof(TrainingArguments.ClipNorm))] = "--clip",
        [Training(nameof(TrainingArguments.MaxLength))] = "--max-length",
        [Training(nameof(TrainingArguments.Dropout))] = "--dropout",
        [Training(nameof(TrainingArguments.Distill))] = "--distill",
        [Training(nameof(TrainingArguments.DistillTemperature))] = "--distill-temperature",
        [Training(nameof(TrainingArguments.ExitsTraining))] = "--exits-training",
        [Training(nameof(TrainingArguments.Precision))] = "--precision",
        [Training(nameof(TrainingArguments.SelectionDynamics))] = "--selection-dynamics",
        [Training(nameof(TrainingArguments.States))] = "--states",
        [Training(nameof(TrainingArguments.Threads))] = "--threads",
        [OptionNames.Key<NgramSettings>(nameof(NgramSettings.Soft))] = "--soft",
        [OptionNames.Key<NgramSettings>(nameof(NgramSettings.Unlabelled))] = "--unlabelled",
        [OptionNames.Key<DimecClientOptions>(nameof(DimecClientOptions.Timeout))] = "--deadline",
        [OptionNames.Key<DimecClientOptions>(nameof(DimecClientOptions.TierTimeout))] = "--timeout",
        [OptionNames.Key<DimecClientOptions>(nameof(DimecClientOptions.Record))] = "--record",
        [OptionNames.Key<DimecClientOptions>(nameof(DimecClientOptions.RecordLimit))] = "--record-limit",
        [OptionNames.Key<DimecClientOptions>(nameof(DimecClientOptions.AbstainBelow))] = "--abstain-below",
        [OptionNames.Key<DimecClientOptions>(nameof(DimecClientOptions.CacheSize))] = "--cache",
        [OptionNames.Key<TierSecurity>(nameof(TierSecurity.Ca))] = "--ca",
        [OptionNames.Key<TierSecurity>(nameof(TierSecurity.Certificate))] = "--cert",
        [OptionNames.Key<TierSecurity>(nameof(TierSecurity.CertificateKey))] = "--cert-key",
        [OptionNames.Key<TierSecurity>(nameof(TierSecurity.ApiKeyFile))] = "--key-file",
        [OptionNames.Key<TierSecurity>(nameof(TierSecurity.ApiKey))] = SecurityOptions.KeyVariable,
        [OptionNames.Key<TierSecurity>(nameof(TierSecurity.KeyInClear))] = "--key-in-clear",
        [OptionNames.Key<ApiKey>(nameof(ApiKey.Name))] = "--name",
        [OptionNames.Key<DeploymentOptions>(nameof(DeploymentOptions.Keep))] = "--keep",
        [OptionNames.Key<MeasureOptions>(nameof(MeasureOptions.Rows))] = "--rows",
        [OptionNames.Key<MeasureOptions>(nameof(MeasureOptions.Lengths))] = "--lengths",
        [OptionNames.Key<MeasureOptions>(nameof(MeasureOptions.Budget))] = "--seconds",
        [OptionNames.Key<CartographyOptions>(nameof(CartographyOptions.IncludeCi))] = "--include-ci",
        [OptionNames.Key<CartographyOptions>(nameof(CartographyOptions.BurnOut))] = "--burn-out",
        [OptionNames.Key<BundleRequest>(nameof(BundleRequest.Revision))] = "--revision",
        [OptionNames.Key<TargetSettings>(nameof(TargetSettings.Image))] = "--image",
        [OptionNames.Key<TargetSettings>(nameof(TargetSettings.Storage))] = "--storage",
        [OptionNames.Key<TargetSettings>(nameof(TargetSettings.Cores))] = "--cores",
        [OptionNames.Key<PlanningOptions>(nameof(PlanningOptions.MaxDrop))] = "--max-drop",
        [OptionNames.Key<PlanningOptions>(nameof(PlanningOptions.Reference))] = "--reference",
        [Fitting(nameof(FittingOptions.Hard))] = "--hard",
        [Fitting(nameof(FittingOptions.Embedding))] = "--normalization",
        [Fitting(nameof(FittingOptions.Reward))] = "--reward",
        [Fitting(nameof(FittingOptions.Routing))] = "--routing",
        [Fitting(nameof(FittingOptions.GridLevels))] = "--grid-levels",
        [Fitting(nameof(FittingOptions.Stack))] = "--no-stack",
        [Fitting(nameof(FittingOptions.Score))] = "--score",
        [Fitting(nameof(FittingOptions.Entry))] = "--entry",
        [Fitting(nameof(FittingOptions.Resume))] = "--resume",
        [OptionNames.Key<PlanningOptions>(nameof(PlanningOptions.Halvings))] = "--halvings",
        [OptionNames.Key<PlanningOptions>(nameof(PlanningOptions.Margin))] = "--margin",
        [OptionNames.Key<PlanningOptions>(nameof(PlanningOptions.HiddenStateFormat))] = "--hidden-states",
        [OptionNames.Key<PlanningOptions>(nameof(PlanningOptions.CompressHiddenStates))] = "--compress",
    };

    private static string Reader(string property) => OptionNames.Key<ReaderOptions>(property);

    private static string Training(string property) => OptionNames.Key<TrainingArguments>(property);

    private static string Fitting(string property) => OptionNames.Key<FittingOptions>(property);
}
