namespace Dimec.Inference.Measuring;

/// <summary>What one call took.</summary>
/// <param name="Ms">Milliseconds.</param>
/// <param name="Sent">Bytes to the tier.</param>
/// <param name="Received">Bytes from it.</param>
/// <param name="IsRefused">Whether the tier refused it before it ran a layer, as it was to do.</param>
internal readonly record struct ProbeReading(double Ms, long Sent, long Received, bool IsRefused = false);
