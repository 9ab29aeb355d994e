namespace Dimec.Policies.Fitting;

/// <summary>How the thresholds of a ladder are searched.</summary>
public enum ThresholdSearch
{
    /// <summary>
    /// One number, the price of a loss, moves all thresholds of a path together: a stop answers where the modelled probability that the
    /// last stop would answer otherwise is worth less than going on. The default: no luck of single samples is in its candidates.
    /// </summary>
    Families,

    /// <summary>
    /// Every combination of quantiles of the stops' scores (<see cref="FittingOptions.GridLevels"/>): exact on the selection part, where
    /// the cheapest of many thousand combinations keeps a drop partly by luck.
    /// </summary>
    Grid,
}
