namespace Dimec;

/// <summary>
/// The call or the input is wrong (exit code 2 of the tool). Carries every problem that was found, so that one run shows them all.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception from everything that was found wrong.</summary>
    /// <param name="errors">At least one error.</param>
    public InputException(IReadOnlyList<InputError> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>Creates the exception for a single problem.</summary>
    /// <param name="where">The file and line, the key or the option at fault.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="fix">What to do about it, as an imperative.</param>
    public InputException(string where, string problem, string fix)
        : this([new InputError(where, problem, fix)])
    {
    }

    /// <summary>Every problem found, in the order in which it was met; never empty.</summary>
    public IReadOnlyList<InputError> Errors { get; }
}
