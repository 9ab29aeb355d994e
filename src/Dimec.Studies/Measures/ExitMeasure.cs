using Dimec.Evaluation.Calibration;
using Dimec.Statistics;

namespace Dimec.Studies.Measures;

/// <summary>An exit on the reported part, with nobody routing.</summary>
/// <param name="Exit">The layer that carries it.</param>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="AccuracyInterval">Its 95 % interval (Clopper–Pearson).</param>
/// <param name="Metrics">The task's metrics by name, its own first.</param>
/// <param name="Calibration">Its calibration before and after the temperature that was fitted on the selection part.</param>
public sealed record ExitMeasure(
    int Exit, double Accuracy, Interval AccuracyInterval, IReadOnlyDictionary<string, double> Metrics, ExitCalibration Calibration);
