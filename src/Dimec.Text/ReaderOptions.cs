namespace Dimec.Text;

/// <summary>How a task's files are read and split. Checked, all errors together, by <see cref="DataSpec.Parse"/>.</summary>
public sealed record ReaderOptions
{
    internal const double DefaultFraction = 0.1;

    /// <summary>
    /// The column (TSV) or key (JSONL) of the text, or with <see cref="NoHeader"/> its number from 0.
    /// Default <c>text</c>. Only for a file.
    /// </summary>
    public string? TextColumn { get; init; }

    /// <summary>The column of the second text. Default: none, single texts. Only for a file.</summary>
    public string? PairColumn { get; init; }

    /// <summary>The column of the label. Default <c>label</c>. Only for a file.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// Rows with this label are left out in every file, e.g. <c>-1</c> where it marks rows without one;
    /// empty for rows whose label is empty or null. Default: none. Not for <c>sdk-docs</c>.
    /// </summary>
    public string? DropLabel { get; init; }

    /// <summary>The TSV's first line is a row, and columns are numbers from 0. Only for a file.</summary>
    public bool NoHeader { get; init; }

    /// <summary>The file of the dev part. Default: GLUE's own, otherwise <see cref="DevFraction"/> is split off.</summary>
    public string? Dev { get; init; }

    /// <summary>The file of the selection part. Default: <see cref="SelectionFraction"/> is split off.</summary>
    public string? Selection { get; init; }

    /// <summary>The file of the calibration part. Default: <see cref="CalibrationFraction"/> is split off.</summary>
    public string? Calibration { get; init; }

    /// <summary>
    /// Share of the training file that becomes dev; over 0, under 1. Default 0.1. Only where dev has no file.
    /// </summary>
    public double? DevFraction { get; init; }

    /// <summary>
    /// Share of the training file that becomes selection; over 0, under 1. Default 0.1.
    /// Only where selection has no file.
    /// </summary>
    public double? SelectionFraction { get; init; }

    /// <summary>
    /// Share of the training file that becomes calibration; over 0, under 1. Default 0.1.
    /// Only where calibration has no file.
    /// </summary>
    public double? CalibrationFraction { get; init; }

    /// <summary>
    /// At most this many training samples, a stratified sample taken after the split; at least 2. Default: all.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>
    /// At most this many samples in each part that was split off, a stratified sample; at least 1. Default: all.
    /// Parts read from files are left whole.
    /// </summary>
    public int? HeldOutLimit { get; init; }

    /// <summary>
    /// Which split; any number. Default 0. The split depends on it and on the texts, not on their order or the machine.
    /// </summary>
    public long Seed { get; init; }
}
