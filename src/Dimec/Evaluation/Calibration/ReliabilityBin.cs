namespace Dimec.Evaluation.Calibration;

/// <summary>The answers whose confidence lies in one bin.</summary>
/// <param name="From">The bin's lower end, which is outside it.</param>
/// <param name="To">The bin's upper end, which belongs to it.</param>
/// <param name="Count">How many answers lie in it.</param>
/// <param name="Confidence">Their mean confidence; 0 where there is none.</param>
/// <param name="Accuracy">The share of them that is right; 0 where there is none.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);
