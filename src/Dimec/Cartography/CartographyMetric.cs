namespace Dimec.Cartography;

/// <summary>A column of the metrics by which samples can be filtered.</summary>
public enum CartographyMetric
{
    /// <summary>μ; low ones first.</summary>
    Confidence,

    /// <summary>σ; high ones first.</summary>
    Variability,

    /// <summary>Epochs answered right; few first.</summary>
    Correctness,

    /// <summary>Times forgotten; many first.</summary>
    Forgetfulness,

    /// <summary>μ (1 − μ); high ones first.</summary>
    ThresholdCloseness,
}
