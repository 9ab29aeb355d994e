namespace Dimec.Reporting.Studies;

/// <summary>How the cloud's accuracy stands against always answering the largest class of the reported part.</summary>
internal enum ClassStanding
{
    /// <summary>Its 95 % interval lies above the share of that class.</summary>
    Beats,

    /// <summary>The interval includes the share: the model is not shown to do the task.</summary>
    NotShown,

    /// <summary>The interval lies below the share.</summary>
    Below,
}
