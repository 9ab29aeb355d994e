namespace Dimec;

/// <summary>
/// The input was fine and the job still failed (exit code 1 of the tool), e.g. a training that diverged. The message says what to change.
/// </summary>
public sealed class JobException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One clear sentence: what happened and what to change.</param>
    public JobException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One clear sentence: what happened and what to change.</param>
    /// <param name="inner">What caused it.</param>
    public JobException(string message, Exception inner) : base(message, inner)
    {
    }
}
