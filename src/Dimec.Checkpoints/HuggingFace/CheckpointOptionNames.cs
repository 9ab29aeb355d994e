namespace Dimec.Checkpoints.HuggingFace;

/// <summary>What the options of a training are called on which a checkpoint has a say; it is not known here what trains it.</summary>
internal static class CheckpointOptionNames
{
    public static string Pooling => OptionNames.Of(TrainingOption.Pooling);

    public static string MaxLength => OptionNames.Of(TrainingOption.MaxLength);
}
