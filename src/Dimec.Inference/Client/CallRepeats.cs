namespace Dimec.Inference.Client;

/// <summary>Whether a call may be made again at the same address.</summary>
internal enum CallRepeats
{
    /// <summary>After a failure that another attempt can mend, and beside an attempt that is slow.</summary>
    All,

    /// <summary>Beside an attempt that is slow alone: what fails here is another address's.</summary>
    Beside,

    /// <summary>Not at all.</summary>
    None,
}
