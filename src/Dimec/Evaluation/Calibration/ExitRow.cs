using Dimec.Predictions;

namespace Dimec.Evaluation.Calibration;

/// <summary>An exit alone, on an evaluated part: what it gets right, and how far its confidences can be believed.</summary>
/// <param name="Exit">The layer that carries it.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="CalibrationError">The expected calibration error (<see cref="ReliabilityCurve"/>), 0 … 1.</param>
/// <param name="StackedAccuracy">The accuracy of the exit combined with exit 0; null where exit 0 was not recorded.</param>
/// <param name="StackedCalibrationError">The calibration error of the same; null where exit 0 was not recorded.</param>
public sealed record ExitRow(
    int Exit, double Accuracy, double CalibrationError, double? StackedAccuracy, double? StackedCalibrationError)
{
    /// <summary>A row for every exit of a part.</summary>
    /// <param name="part">The part, with the true class of every sample known.</param>
    /// <param name="selection">The part that exits are combined on; it must have the same exits.</param>
    /// <exception cref="InputException">The two parts have other exits.</exception>
    public static IReadOnlyList<ExitRow> Measure(RecordedExits part, SelectionPart selection)
    {
        ArgumentNullException.ThrowIfNull(part);
        return [.. ExitCalibration.Measure(part, selection).Select((exit, index) => new ExitRow(
            exit.Exit, part.Right(index).Count(right => right) / (double)part.Count, exit.Before.Error, exit.StackedAccuracy,
            exit.Stacked?.Error))];
    }
}
