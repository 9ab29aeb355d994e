namespace Dimec.Reporting;

/// <summary>How a series of a frontier is drawn.</summary>
public enum FrontierKind
{
    /// <summary>The points of one policy over its setting, joined by a line.</summary>
    Sweep,

    /// <summary>One tier for every sample: a square in the tier's colour, labelled.</summary>
    SingleTier,

    /// <summary>Single points to compare with, e.g. a random tier.</summary>
    Baseline,

    /// <summary>What no policy beats, e.g. the oracle: a star, never part of a line.</summary>
    UpperBound,
}
