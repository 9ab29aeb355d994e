using Dimec.Text;

namespace Dimec.Training;

/// <summary>What the options of a training are called.</summary>
internal static class TrainingOptionNames
{
    public static string Precision => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Precision));

    public static string States => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.States));

    public static string Exits => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Exits));

    public static string Backbone => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Backbone));

    public static string Out => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Out));

    public static string Head => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Head));

    public static string Embedding => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Embedding));

    public static string ExitsTraining => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.ExitsTraining));

    public static string Pooling => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Pooling));

    public static string Epochs => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Epochs));

    public static string BatchSize => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.BatchSize));

    public static string LearningRate => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.LearningRate));

    public static string WarmUp => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.WarmUp));

    public static string WeightDecay => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.WeightDecay));

    public static string ClipNorm => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.ClipNorm));

    public static string Dropout => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Dropout));

    public static string Distill => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Distill));

    public static string DistillTemperature => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.DistillTemperature));

    public static string Threads => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.Threads));

    public static string MaxLength => OptionNames.Of(nameof(TrainingArguments), nameof(TrainingArguments.MaxLength));

    public static string Data => OptionNames.Of(nameof(DataSpec), "Spec");
}
