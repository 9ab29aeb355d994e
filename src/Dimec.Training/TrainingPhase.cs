namespace Dimec.Training;

/// <summary>What a run is busy with.</summary>
public enum TrainingPhase
{
    /// <summary>Texts are turned into token ids.</summary>
    Tokenizing,

    /// <summary>Steps are made.</summary>
    Training,

    /// <summary>
    /// The finished model answers the held-out parts, and the training part is embedded;
    /// then, where states are asked for, it answers all parts.
    /// </summary>
    Evaluating,
}
