namespace Dimec.Routing.Tables;

/// <summary>The mistakes of one table, each with its line.</summary>
/// <param name="name">How they name the file.</param>
internal sealed class TableErrors(string name)
{
    /// <summary>After this many the rest of a file teaches the user nothing new.</summary>
    private const int Most = 20;

    private readonly InputErrors _errors = new();

    /// <summary>How the file is named.</summary>
    public string Name => name;

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>Adds what is wrong with the file as a whole.</summary>
    public void AddFile(string problem, string fix) => _errors.Add(name, problem, fix);

    /// <summary>Adds what is wrong with a column.</summary>
    public void AddColumn(string column, string problem, string fix) => _errors.Add($"{name} column \"{column}\"", problem, fix);

    /// <summary>Adds what is wrong in a line.</summary>
    /// <exception cref="InputException">There were so many before that reading ends here.</exception>
    public void AddLine(int line, string problem, string fix)
    {
        _errors.Add($"{name} line {line}", problem, fix);
        EndAtMost(line);
    }

    /// <summary>Adds what is wrong with a cell.</summary>
    /// <exception cref="InputException">There were so many before that reading ends here.</exception>
    public void AddCell(int line, string column, string problem, string fix)
    {
        _errors.Add($"{name} line {line} column \"{column}\"", problem, fix);
        EndAtMost(line);
    }

    /// <summary>Adds what reading a line threw.</summary>
    /// <exception cref="InputException">There were so many before that reading ends here.</exception>
    public void Add(int line, InputException wrong)
    {
        _errors.Add(wrong);
        EndAtMost(line);
    }

    /// <exception cref="InputException">Anything was added.</exception>
    public void ThrowIfAny() => _errors.ThrowIfAny();

    private void EndAtMost(int line)
    {
        if (_errors.Count < Most)
            return;
        _errors.Add(
            $"{name} line {line}", $"was the last to be read, after {_errors.Count} mistakes",
            "mend them and run again to see whether there are more");
        _errors.ThrowIfAny();
    }
}
