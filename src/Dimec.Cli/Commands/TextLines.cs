using Dimec.Inference;

namespace Dimec.Cli.Commands;

/// <summary>The texts that a command line names: themselves, a file with a text a line, or standard input.</summary>
internal sealed class TextLines
{
    private readonly string _where;
    private readonly bool _isStandardInput;
    private readonly Func<IEnumerable<IReadOnlyList<string>>> _read;

    private TextLines(string where, bool isStandardInput, Func<IEnumerable<IReadOnlyList<string>>> read) => (_where, _isStandardInput, _read) = (where, isStandardInput, read);

    /// <summary>The texts, not yet read.</summary>
    /// <param name="texts">The texts of the command line; <c>-</c> alone stands for standard input.</param>
    /// <param name="file">The file, or null.</param>
    /// <param name="input">Standard input.</param>
    /// <exception cref="InputException">There are none, both are given, or there is no such file.</exception>
    public static TextLines Of(string[] texts, string? file, Stream input)
    {
        const string StandardInput = "standard input";
        if (file is null)
        {
            if (texts.Length == 0)
                throw new InputException("TEXT", "is missing", "give texts, --file FILE, or - for standard input");
            return texts is ["-"] ? new TextLines($"{StandardInput} line", true, () => LineReader.Batches(input, StandardInput)) : new TextLines("TEXT", false, () => [texts]);
        }

        if (texts.Length > 0)
            throw new InputException($"--file {file}", "is given beside texts", "give the one or the other");
        if (!File.Exists(file))
            throw new InputException($"--file {file}", Directory.Exists(file) ? "is a folder, not a file" : "does not exist", "check the path");
        return new TextLines($"--file {file} line", false, () => OfFile(file));
    }

    /// <summary>Looks through all texts, so that one that cannot be taken stops the command before anything is answered; standard input is read once only.</summary>
    /// <param name="pair">Whether a line holds two texts.</param>
    /// <exception cref="InputException">The first line that is no UTF-8 or no pair.</exception>
    public TextLines Checked(bool pair)
    {
        if (!_isStandardInput)
            _ = Inputs(pair).Count();
        return this;
    }

    /// <summary>The texts, in batches as they can be had.</summary>
    /// <param name="pair">Whether a line holds two texts, with a tab between them; elsewhere a tab is a blank like any other.</param>
    /// <exception cref="InputException">A line is no UTF-8 or no pair; those before it have been handed on.</exception>
    public IEnumerable<IReadOnlyList<TextInput>> Inputs(bool pair)
    {
        var number = 0;
        foreach (var lines in _read())
        {
            var inputs = lines.TakeWhile(line => !pair || line.Contains('\t', StringComparison.Ordinal)).Select(line => Input(line, pair)).ToArray();
            if (inputs.Length > 0)
                yield return inputs;
            if (inputs.Length < lines.Count)
                throw new InputException($"{_where} {number + inputs.Length + 1}", "has no tab, and this bundle takes pairs", "write TEXT, a tab and the second TEXT");
            number += lines.Count;
        }
    }

    private static TextInput Input(string line, bool pair) => pair && line.Split('\t', 2) is [var first, var second] ? new TextInput(first, second) : new TextInput(line);

    private static IEnumerable<IReadOnlyList<string>> OfFile(string file)
    {
        using var stream = File.OpenRead(file);
        foreach (var batch in LineReader.Batches(stream, $"--file {file}"))
            yield return batch;
    }
}
