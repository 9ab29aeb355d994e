using Dimec.Files;
using Dimec.Inference;

namespace Dimec.Cli.Classify;

/// <summary>The texts that a command line names: themselves, a file with a text a line, or a stream of them.</summary>
internal sealed class TextLines
{
    private const string StandardInput = "standard input";

    /// <summary>Enough to see what is wrong with a file.</summary>
    private const int MostErrors = 20;

    private readonly string _line;
    private readonly Func<IEnumerable<IReadOnlyList<InputLine>>> _read;

    private TextLines(
        string where, string line, bool isStream, Func<IEnumerable<IReadOnlyList<InputLine>>> read, string? path = null) =>
        (Where, _line, IsStream, _read, Path) = (where, line, isStream, read, path);

    /// <summary>What a sentence calls their source.</summary>
    public string Where { get; }

    /// <summary>Whether they are read once only, as they come.</summary>
    public bool IsStream { get; }

    /// <summary>The file that they are lines of; null: they come from elsewhere, and cannot be read again by another call.</summary>
    public string? Path { get; }

    /// <summary>The number of texts, once they were looked through; 0 of a stream.</summary>
    public long Count { get; private set; }

    /// <summary>The texts, not yet read.</summary>
    /// <param name="texts">The texts of the command line.</param>
    /// <param name="isLiteral">Whether <c>-</c> is a text like any other; else it alone stands for standard input.</param>
    /// <param name="file">The file, or null.</param>
    /// <param name="input">Standard input.</param>
    /// <exception cref="InputException">There are none, both are given, or there is no such file.</exception>
    public static TextLines Of(string[] texts, bool isLiteral, string? file, Stream input)
    {
        if (file is not null)
        {
            return texts.Length == 0
                ? OfFile(file)
                : throw new InputException($"--file {file}", "is given beside texts", "give the one or the other");
        }

        if (texts.Length == 0)
            throw new InputException("TEXT", "is missing", "give texts, --file FILE, or - for standard input");
        return texts is ["-"] && !isLiteral
            ? new TextLines(StandardInput, $"{StandardInput} line", true, () => LineReader.Batches(input))
            : new TextLines("TEXT", "TEXT", false, () => [[.. texts.Select((text, i) => new InputLine(i + 1, text))]]);
    }

    /// <summary>
    /// Looks through all texts, so that one that cannot be taken stops the command before anything is answered; a stream is read once only,
    /// and its lines are answered as they come.
    /// </summary>
    /// <param name="pair">Whether a line holds two texts.</param>
    /// <exception cref="InputException">The lines that are no UTF-8 or no pair.</exception>
    public TextLines Checked(bool pair)
    {
        var errors = new InputErrors();
        foreach (var row in IsStream ? [] : Rows(pair).SelectMany(rows => rows))
        {
            Count++;
            if (row.Wrong is not { } wrong)
                continue;
            errors.Add(wrong.Where, wrong.Problem, wrong.Fix);
            if (errors.Count == MostErrors)
                break;
        }

        errors.ThrowIfAny();
        return this;
    }

    /// <summary>The texts, in batches as they can be had.</summary>
    /// <param name="pair">Whether a line holds two texts, with a tab between them; elsewhere a tab is a blank like any other.</param>
    /// <param name="skip">How many are left out at the beginning.</param>
    public IEnumerable<IReadOnlyList<TextRow>> Rows(bool pair, long skip = 0) => _read()
        .Select(lines => lines.Where(line => line.Number > skip).Select(line => Row(line, pair)).ToArray())
        .Where(rows => rows.Length > 0);

    private static TextLines OfFile(string file)
    {
        var where = $"--file {file}";
        var kind = FileKinds.Of(file);
        if (kind is FileKind.Nothing or FileKind.Folder or FileKind.Socket)
        {
            throw new InputException(
                where, kind == FileKind.Nothing ? "does not exist" : $"is {FileKinds.Describe(kind)}, not a file", "check the path");
        }

        return new TextLines(where, $"{where} line", kind != FileKind.File, () => Lines(file, kind), kind == FileKind.File ? file : null);
    }

    private static IEnumerable<IReadOnlyList<InputLine>> Lines(string file, FileKind kind)
    {
        // A pipe opens when somebody writes to it: whoever reads these lines waits for that as for a line.
        using var stream = kind == FileKind.File
            ? InputFile.OpenRead(file)
            : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach (var batch in LineReader.Batches(stream))
            yield return batch;
    }

    private TextRow Row(InputLine line, bool pair)
    {
        var where = $"{_line} {line.Number}";
        if (line.Wrong is var (problem, fix))
            return new TextRow(where, null, new InputError(where, problem, fix));
        if (!pair)
            return new TextRow(where, new TextInput(line.Text), null);
        return line.Text.Split('\t', 2) is [var first, var second]
            ? new TextRow(where, new TextInput(first, second), null)
            : new TextRow(
                where, null, new InputError(where, "has no tab, and this bundle takes pairs", "write TEXT, a tab and the second TEXT"));
    }
}
