namespace Dimec.Studies.Settings;

/// <summary>Which open choices a study measures.</summary>
public enum AblationScope
{
    /// <summary>Those of planning and those of training.</summary>
    All,

    /// <summary>Those of planning alone: no further model is trained.</summary>
    Plan,
}
