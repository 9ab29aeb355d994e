namespace Dimec;

/// <summary>What calls are given beside options, and errors speak of. See <see cref="OptionNames"/>.</summary>
public enum CallArgument
{
    /// <summary>The sets of depths that a study measures.</summary>
    Depths,

    /// <summary>The folder that a run, a bundle or a study is written to.</summary>
    Folder,

    /// <summary>How many of the samples are chosen.</summary>
    Fraction,

    /// <summary>The part that is reported.</summary>
    Part,

    /// <summary>The policy that is planned.</summary>
    Policy,

    /// <summary>The task, or the files that it is in.</summary>
    Spec,

    /// <summary>The tasks of a study.</summary>
    Tasks,
}
