using Dimec.Text.Notes;

namespace Dimec.Text;

/// <summary>A task with its four disjoint parts, read and split.</summary>
public sealed class TaskData
{
    private readonly IRowSource _rows;

    internal TaskData(
        string name, string metric, Dataset train, Dataset selection, Dataset calibration, Dataset dev, IReadOnlyList<DataSource> sources,
        IRowSource rows, IReadOnlyList<string>? notes = null)
    {
        Name = name;
        Metric = metric;
        Train = train;
        Selection = selection;
        Calibration = calibration;
        Dev = dev;
        Sources = sources;
        _rows = rows;
        Notes = [.. notes ?? [], .. DataNotes.Of([train, selection, calibration, dev])];
    }

    /// <summary>The task's name: <c>sst2</c>, <c>sdk-docs</c>, or a file's name without its extension.</summary>
    public string Name { get; }

    /// <summary>
    /// The metric that the task is reported with beside accuracy: <c>accuracy</c>, <c>matthews</c> (CoLA) or <c>f1</c> (MRPC, QQP).
    /// </summary>
    public string Metric { get; }

    /// <summary>The part that the encoder is trained on.</summary>
    public Dataset Train { get; }

    /// <summary>The part that policies, thresholds and temperatures are chosen on.</summary>
    public Dataset Selection { get; }

    /// <summary>The part that is kept for promises; nothing is chosen on it.</summary>
    public Dataset Calibration { get; }

    /// <summary>The part that is reported and that nothing is chosen on.</summary>
    public Dataset Dev { get; }

    /// <summary>The labels, in the order of the class indices.</summary>
    public IReadOnlyList<string> Labels => Train.Labels;

    /// <summary>Whether samples are pairs of texts.</summary>
    public bool HasPair => Train.HasPair;

    /// <summary>What was read, for a run's record.</summary>
    public IReadOnlyList<DataSource> Sources { get; }

    /// <summary>
    /// What to know of the data before training on them, a sentence each: rows that seem to have no label, labels that look alike, empty
    /// texts, texts with several labels, classes that a part lacks. Empty where there is nothing to say.
    /// </summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>
    /// Writes rows of the file that <see cref="Train"/> came from, in that file's own format: its header, then each row byte for byte in
    /// the order asked for. <c>sdk-docs</c>, which has no file, is written as TSV with the columns <c>text</c> and <c>label</c>.
    /// </summary>
    /// <param name="guids">Guids of rows that were read from that file (those split off into other parts included);
    /// a number alone is a row's, from 0.</param>
    /// <param name="output">Where the rows go.</param>
    /// <exception cref="InputException">A guid is no row of the file, or the file has changed since it was read.</exception>
    public void WriteRows(IEnumerable<string> guids, Stream output)
    {
        ArgumentNullException.ThrowIfNull(guids);
        ArgumentNullException.ThrowIfNull(output);
        _rows.Write(guids, output);
    }
}
