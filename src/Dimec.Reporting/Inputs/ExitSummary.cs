using Dimec.Statistics;

namespace Dimec.Reporting;

/// <summary>One exit after training.</summary>
/// <param name="Layer">The layer after which it stands.</param>
/// <param name="Tier">The tier that answers with it; null where none does.</param>
/// <param name="Losses">Mean training loss of the exit, one number an epoch.</param>
/// <param name="Accuracy">Accuracy on <paramref name="Part"/>, 0 to 1.</param>
/// <param name="AccuracyInterval">Its 95 % interval.</param>
/// <param name="Part">The part that it was measured on, e.g. <c>dev</c>.</param>
/// <param name="Count">How many samples that part has.</param>
/// <param name="Temperature">The temperature fitted on the selection part; null where none was.</param>
public sealed record ExitSummary(
    int Layer, string? Tier, IReadOnlyList<double> Losses, double Accuracy, Interval AccuracyInterval, string Part, int Count,
    double? Temperature = null);
