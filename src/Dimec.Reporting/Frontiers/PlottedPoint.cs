namespace Dimec.Reporting;

/// <summary>What one policy at one setting reaches, on the samples of its <see cref="Frontier"/>.</summary>
/// <param name="Label">The setting or the name, e.g. <c>μ_c = 0.02</c> or <c>edge only</c>.</param>
/// <param name="Cost">Mean cost of a sample in the frontier's unit.</param>
/// <param name="Reduction">1 − cost / cost of the cloud; 0.44 is 44 %.</param>
/// <param name="Accuracy">Accuracy, 0 to 1.</param>
/// <param name="Drop">Accuracy of the cloud less this one's; 0.005 is half a point.</param>
/// <param name="DropLow">Lower end of the drop's 95 % interval.</param>
/// <param name="DropHigh">Upper end of the drop's 95 % interval.</param>
public sealed record PlottedPoint(
    string Label, double Cost, double Reduction, double Accuracy, double Drop, double DropLow, double DropHigh);
