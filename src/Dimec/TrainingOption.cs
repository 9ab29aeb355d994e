namespace Dimec;

/// <summary>
/// The options of a training of which sentences speak that are said without a trainer at hand: each is a property of
/// <c>TrainingArguments</c> in <c>Dimec.Training</c>. See <see cref="OptionNames"/>.
/// </summary>
public enum TrainingOption
{
    /// <summary>The layers that get an exit.</summary>
    Exits,

    /// <summary>The longest text in tokens.</summary>
    MaxLength,

    /// <summary>The run's folder.</summary>
    Out,

    /// <summary>What is made of the states of a text's tokens.</summary>
    Pooling,

    /// <summary>Whether the dynamics of the selection samples are recorded too.</summary>
    SelectionDynamics,

    /// <summary>The exits whose pooled states are recorded.</summary>
    States,
}
