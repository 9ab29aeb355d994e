namespace Dimec.Studies.Promises;

/// <summary>How promises are redrawn.</summary>
/// <param name="Draws">How often, at least 1.</param>
/// <param name="MaxDrop">The drop that is promised, over 0 and under 1.</param>
public sealed record RedrawOptions(int Draws, double MaxDrop)
{
    /// <summary>So many redraws tell a broken share of 5 % to within 1.4 points.</summary>
    public const int UsualDraws = 1000;

    /// <summary>A number of samples at which half a point is well within reach.</summary>
    public const int ManySamples = 10_000;

    /// <summary>1 − δ. Default: 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Seeds the draws. Default: 0.</summary>
    public int Seed { get; init; }
}
