namespace Dimec.Training;

/// <summary>What the options of a training are called.</summary>
internal static class TrainingOptionNames
{
    public static string Precision => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Precision));

    public static string States => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.States));

    public static string Exits => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Exits));

    public static string Backbone => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Backbone));

    public static string Out => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Out));

    public static string Head => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Head));

    public static string Embedding => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Embedding));

    public static string ExitsTraining => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.ExitsTraining));

    public static string Pooling => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Pooling));

    public static string Epochs => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Epochs));

    public static string BatchSize => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.BatchSize));

    public static string LearningRate => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.LearningRate));

    public static string WarmUp => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.WarmUp));

    public static string WeightDecay => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.WeightDecay));

    public static string ClipNorm => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.ClipNorm));

    public static string Dropout => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Dropout));

    public static string Distill => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Distill));

    public static string DistillTemperature => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.DistillTemperature));

    public static string Threads => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.Threads));

    public static string MaxLength => OptionNames.Of<TrainingArguments>(nameof(TrainingArguments.MaxLength));

    public static string Data => OptionNames.Of(CallArgument.Spec);
}
