namespace Dimec;

/// <summary>Gathers problems while input is validated, so that all of them are reported together.</summary>
public sealed class InputErrors
{
    /// <summary>More than these nobody reads; a hostile file may have one for every few of its bytes.</summary>
    private const int Most = 1000;

    private readonly List<InputError> _errors = [];
    private readonly HashSet<InputError> _met = [];
    private int _more;

    /// <summary>Makes one check that adds to errors, where nothing else is checked beside it.</summary>
    /// <param name="validate">Adds what is wrong.</param>
    /// <exception cref="InputException">Something is; all of it.</exception>
    public static void Check(Action<InputErrors> validate)
    {
        ArgumentNullException.ThrowIfNull(validate);
        var errors = new InputErrors();
        validate(errors);
        errors.ThrowIfAny();
    }

    /// <summary>How many problems have been gathered.</summary>
    public int Count => _errors.Count + _more;

    /// <summary>Adds a problem; one that was met before is not reported again.</summary>
    /// <param name="where">The file and line, the key or the option at fault.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="fix">What to do about it, as an imperative.</param>
    public void Add(string where, string problem, string fix) => Add(new InputError(where, problem, fix));

    /// <summary>Adds a problem; one that was met before is not reported again.</summary>
    /// <param name="error">The problem.</param>
    public void Add(InputError error)
    {
        if (_errors.Count == Most)
            _more++;
        else if (_met.Add(error))
            _errors.Add(error);
    }

    /// <summary>Adds every problem that another check threw.</summary>
    /// <param name="exception">What the other check threw.</param>
    public void Add(InputException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        foreach (var error in exception.Errors)
            Add(error);
    }

    /// <summary>
    /// Does one of several things that may each be wrong, and keeps what it threw, so that the others are checked as well.
    /// </summary>
    /// <param name="read">What to do.</param>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <returns>What it gave, which may be null, or null where it threw an <see cref="InputException"/>.</returns>
    public T? Try<T>(Func<T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (InputException wrong)
        {
            Add(wrong);
            return null;
        }
    }

    /// <summary>Throws if anything was gathered.</summary>
    /// <exception cref="InputException">At least one problem was added.</exception>
    public void ThrowIfAny()
    {
        if (_more > 0)
        {
            throw new InputException(
                [.. _errors, new InputError("the rest", $"has {_more} mistakes more", "mend these and run again to see them")]);
        }

        if (_errors.Count > 0)
            throw new InputException([.. _errors]);
    }
}
