using Dimec.Text.Tasks;

namespace Dimec.Text;

/// <summary>Names the data of a task: a GLUE task and its folder, <c>sdk-docs</c>, or a file.</summary>
public sealed class DataSpec
{
    private readonly Func<CancellationToken, TaskData> _load;

    private DataSpec(string text, ReaderOptions options, Func<CancellationToken, TaskData> load)
    {
        Text = text;
        Options = options;
        _load = load;
    }

    /// <summary>The names of the GLUE tasks, as they stand in a specification before the colon.</summary>
    public static IReadOnlyList<string> GlueNames { get; } = [.. GlueTasks.All.Select(task => task.Name)];

    /// <summary>The specification as it was given.</summary>
    public string Text { get; }

    /// <summary>How the data is read and split.</summary>
    public ReaderOptions Options { get; }

    /// <summary>Reads a specification and checks it with its options; no file is read yet.</summary>
    /// <param name="spec">
    /// <c>sst2:DIR</c> (or <c>cola</c>, <c>mrpc</c>, <c>rte</c>, <c>qnli</c>, <c>qqp</c>, <c>mnli</c>, <c>mnli-mm</c>; DIR is the task's
    /// own folder, or the folder that holds GLUE's folders), <c>sdk-docs</c>, or a <c>.tsv</c> or <c>.jsonl</c> file. Quote
    /// characters are plain text in a TSV.
    /// </param>
    /// <param name="options">How to read and split; null for the defaults.</param>
    /// <exception cref="InputException">The specification or the options are wrong; every error is listed.</exception>
    public static DataSpec Parse(string spec, ReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        options ??= new ReaderOptions();
        var errors = new InputErrors();
        OptionRules.CheckRanges(options, errors);
        var load = SpecParser.Parse(spec, options, errors);
        errors.ThrowIfAny();
        return new DataSpec(spec, options, load!);
    }

    /// <summary>
    /// Reads and splits the data. Parts that are split off the training file never share a text (white space around it apart), nor, for a
    /// pair task, a pair of texts; parts that come in files of their own, GLUE's dev among them, are left as they are, texts
    /// that also stand in train included.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">A file is absent, empty or wrong; the message names the file, the line and the fix.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public TaskData Load(CancellationToken cancellationToken = default) => _load(cancellationToken);

    /// <summary>
    /// Reads texts without labels that belong to the data: a <c>.tsv</c> or <c>.jsonl</c> file with the columns that texts have in the
    /// data's own files (those of a GLUE task's test part), or a <c>.txt</c> file with a text a line. Labels that stand in it are not read.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InputException">The file is absent, empty or wrong; the message names the file, the line and the fix.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public UnlabelledTexts ReadTexts(string path, CancellationToken cancellationToken = default) =>
        TextsReader.Read(Text, Options, path, cancellationToken);
}
