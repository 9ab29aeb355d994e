namespace Dimec.Cli.Studies;

/// <summary>Which open choices a study measures.</summary>
internal enum AblationScope
{
    /// <summary>Those of planning and those of training.</summary>
    All,

    /// <summary>Those of planning alone: no further model is trained.</summary>
    Plan,
}
