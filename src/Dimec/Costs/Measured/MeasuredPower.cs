namespace Dimec.Costs.Measured;

/// <summary>What the machine drew while the first tier ran.</summary>
/// <param name="Watts">On average, less what it drew at rest.</param>
/// <param name="Source">What told it, e.g. <c>rapl</c>.</param>
public sealed record MeasuredPower(double Watts, string Source);
