namespace Dimec.Planning.Promises;

/// <summary>What a plan promises about the accuracy drop, and on what evidence.</summary>
/// <param name="MaxDrop">The largest drop against the cloud, in points of accuracy as a fraction (0.005 = half a point).</param>
/// <param name="Confidence">The probability with which it holds, e.g. 0.95.</param>
/// <param name="Bound">The upper bound that the test gave.</param>
/// <param name="Method">The test's name.</param>
/// <param name="N">The number of calibration samples.</param>
public sealed record PlanPromise(double MaxDrop, double Confidence, double Bound, string Method, int N);
