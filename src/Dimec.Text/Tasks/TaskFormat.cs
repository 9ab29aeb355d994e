namespace Dimec.Text.Tasks;

/// <summary>How a task's files are read and what its labels are.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="Metric">The metric that it is reported with.</param>
/// <param name="Reader">Reads each of its files.</param>
/// <param name="HasPair">Whether samples are pairs.</param>
/// <param name="Labels">Its labels in their conventional order; null where they come from the data.</param>
internal sealed record TaskFormat(string Name, string Metric, IRowReader Reader, bool HasPair, IReadOnlyList<string>? Labels);
