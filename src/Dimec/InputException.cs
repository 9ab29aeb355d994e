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

    /// <summary>
    /// Runs work that is spread over threads, all of which fail alike where the input is wrong: what the first met is said, once.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <typeparam name="T">What it comes to.</typeparam>
    /// <exception cref="InputException">What the first thread that failed has met.</exception>
    public static T Once<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is InputException first)
        {
            throw new InputException(first.Errors);
        }
    }
}
