using Dimec.Text.Labels;

namespace Dimec.Text.Tasks;

/// <summary>Reads files of texts that need no label, laid out as the files of a specification are; labels in them are not read.</summary>
internal static class TextsReader
{
    private const string TxtExtension = ".txt";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is no such file, or wrong; everything that is.</exception>
    public static UnlabelledTexts Read(string spec, ReaderOptions options, string path, CancellationToken cancellation)
    {
        var errors = new InputErrors();
        var reader = ReaderOf(spec, options, path, errors);
        errors.ThrowIfAny();
        var file = reader!.Read(SourceFile.Read(path), errors, cancellation);
        errors.ThrowIfAny();
        return new UnlabelledTexts(
            [.. file.Rows.Select(row => new Sample($"unlabelled-{row.Number}", row.Text, row.Pair, -1))],
            new DataSource(file.Path, file.Sha256));
    }

    private static IRowReader? ReaderOf(string spec, ReaderOptions options, string path, InputErrors errors)
    {
        var extension = Path.GetExtension(path).ToUpperInvariant();
        var isTsv = extension == ".TSV";
        var task = spec.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? GlueTasks.Find(spec[..colon]) : null;
        // What the options say of a .jsonl file's header was said of the labelled one.
        var columns = task?.UnlabelledColumns
            ?? OptionRules.ReadColumns(options with { NoHeader = options.NoHeader && isTsv }, isTsv, errors) with { Label = null };
        if (isTsv)
            return new TsvReader(columns, task is not null || !options.NoHeader, DroppedLabel.None, skipsShortRows: task is not null);
        if (extension == ".JSONL")
            return new JsonlReader(columns, DroppedLabel.None);
        if (!extension.Equals(TxtExtension, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(path, "is no file of texts that Dimec can read", "give a .tsv, .jsonl or .txt file, the last with a text a line");
        }
        else if (columns.Pair is not null)
        {
            errors.Add(path, "has one text a line where samples are pairs of texts", "give the pairs as a .tsv or .jsonl file");
        }

        return new LinesReader();
    }
}
